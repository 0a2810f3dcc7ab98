// The folder into which a file was read: what the rows became, line by line, and what is said of the file. Made from the
// copy of the file and nothing else, so that it can be made again at any time; whole or not there.
//
// Plain lines and columns of numbers instead of a database, by measurement on a million rows (474 MB of lines, Node 20, two
// cores): DuckDB 1.5.6 takes the lines in in 3.9 s and has them in 178 MB on the disk, but searches them in 1.8 to 2.2 s (NFKC
// would have to be made for it besides) with 270 to 480 MB of memory, and its package is 70 MB. These files are searched in
// 0.1 to 0.4 s with 85 MB, a page is one read, and reading a file has to write its lines anyway. SQLite is not in Node 20, and
// better-sqlite3 downloads its binary when it is installed.
import { join } from 'node:path'

/** Raised where anything in such a folder changes its form: folders of an older form are made again. */
export const keptVersion = 5

export const keptPlaces = (dir: string) =>
  ({
    /** one example a line, as example-lines.ts writes them */
    examples: join(dir, 'examples.txt'),
    /** one refused row a line */
    refused: join(dir, 'refused.jsonl'),
    /** what is said of the file; written last by whoever reads it, so that its end is known */
    head: join(dir, 'head.json'),
    /** where each line is and what is asked of it most, as kept-index.ts has it */
    index: join(dir, 'index.bin'),
    /** the texts of all examples in the form in which they are searched */
    folded: join(dir, 'folded.bin')
  }) as const
