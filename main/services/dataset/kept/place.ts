// The folder into which a file was read: what the rows became, line by line, and what is said of the file. Made from the
// copy of the file and nothing else, so that it can be made again at any time; whole or not there.
import { join } from 'node:path'

/** Raised where anything in such a folder changes its form: folders of an older form are made again. */
export const keptVersion = 1

export const keptPlaces = (dir: string) =>
  ({
    /** one example a line, as example-lines.ts writes them */
    examples: join(dir, 'examples.jsonl'),
    /** one refused row a line */
    refused: join(dir, 'refused.jsonl'),
    /** what is said of the file; written last by whoever reads it, so that its end is known */
    head: join(dir, 'head.json'),
    /** where each line is and what is asked of it most, as kept-index.ts has it */
    index: join(dir, 'index.bin'),
    /** the texts of all examples in the form in which they are searched */
    folded: join(dir, 'folded.bin')
  }) as const
