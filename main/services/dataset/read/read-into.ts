// One file read into a folder: its examples and its refused rows line by line as they come, what is said of it at the end.
// Nothing of its rows stays in memory.
import { stat, writeFile } from 'node:fs/promises'
import type { DataOverrides } from '../../../contract/records'
import { exampleLine, refusedLine } from '../kept/example-lines'
import { headText, type ReadHead } from '../kept/kept-head'
import { GatheredWriter } from '../kept/gathered-writer'
import { keptPlaces } from '../kept/place'
import type { Source } from '../log/data-log'
import { systemError } from './read-file'
import { readSource } from './read-source'
import type { TakeRows } from './read-table'

/** beat is called while rows go by and throws where the reading must stop. */
export async function readInto(
  source: Pick<Source, 'id' | 'name' | 'sample'>,
  path: string,
  overrides: DataOverrides,
  into: string,
  beat?: (rows: number) => void
): Promise<ReadHead> {
  const places = keptPlaces(into)
  const examples = await GatheredWriter.open(places.examples)
  const refused = await GatheredWriter.open(places.refused)
  let head: ReadHead
  try {
    let count = 0
    const take: TakeRows = async (piece) => {
      for (const example of piece.examples) examples.add(exampleLine(example))
      for (const row of piece.refused) refused.add(refusedLine(row))
      count += piece.refused.length
      await examples.flush()
      await refused.flush()
    }
    const read = await readSource(source, path, overrides, beat, take)
    // what was taken of a file that cannot be used after all is void
    if (read.error) await examples.clear()
    const { examples: _, ...rest } = read
    head = { ...rest, refused: count }
  } finally {
    await examples.close()
    await refused.close()
  }
  const { size, mtimeMs } = await stat(path).catch((error: unknown) => {
    throw systemError(path, error)
  })
  await writeFile(places.head, headText(head, { size, mtimeMs }), { flush: true })
  return head
}
