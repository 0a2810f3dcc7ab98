// Files and folders to examples and a report of what was recognised. Examples and refused rows together are
// all the rows that were read: none disappears. A file that cannot be used at all is an error that names it.
import type {
  DataOverrides,
  DataReport,
  Example,
  RecognisedFile,
  RefusedRow
} from '../../../contract/records'
import { dataFiles } from '../../reading/data-files'
import { noData } from '../../reading/file-errors'
import { readFile } from './read-file'

export async function readData(
  paths: readonly string[],
  overrides: DataOverrides = {}
): Promise<{ examples: readonly Example[]; report: DataReport }> {
  const found = await dataFiles(paths)
  const examples: Example[] = []
  const refused: RefusedRow[] = [...found.refused]
  const files: RecognisedFile[] = []
  for (const file of found.files) {
    const { tables, leftOut, error } = await readFile(file, overrides)
    if (error) throw error
    for (const table of tables) {
      // one by one: a spread of a million arguments overflows the stack
      for (const example of table.examples) examples.push(example)
      for (const row of table.refused) refused.push(row)
      files.push(table.recognised)
    }
    for (const row of leftOut) refused.push(row)
  }
  if (examples.length === 0) throw noData()
  return { examples, report: { files, examples: examples.length, refused } }
}
