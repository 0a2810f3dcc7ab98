// What came of a run after its training, as far as its folder says: whether its answers were compared, and how many
// exports of it lie where they were put.
import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { runFiles } from '../../contract/run-files'
import { keptExports } from '../exports/export-ledger'

export interface RunResults {
  readonly compared: boolean
  readonly exported: number
}

export async function resultsOf(dir: string): Promise<RunResults> {
  const sheets = await readdir(join(dir, runFiles.evaluations)).catch(() => [])
  return {
    compared: sheets.length > 0 || existsSync(join(dir, runFiles.comparison)),
    exported: (await keptExports(dir)).length
  }
}
