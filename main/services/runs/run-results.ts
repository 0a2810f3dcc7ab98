// What came of a run after its training, as far as its folder says: whether its answers were compared, and how many
// exports of it lie where they were put.
import { existsSync } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { runFiles } from '../../contract/run-files'
import { keptExports } from '../exports/export-ledger'

export interface RunResults {
  readonly compared: boolean
  readonly exported: number
  readonly exportedAt?: string
}

export async function resultsOf(dir: string): Promise<RunResults> {
  const sheets = await readdir(join(dir, runFiles.evaluations)).catch(() => [])
  const held = await Promise.all(sheets.map((name) => holdsResult(join(dir, runFiles.evaluations, name))))
  const exports = await keptExports(dir)
  const exportedAt = exports
    .map(({ finishedAt }) => finishedAt)
    .sort()
    .at(-1)
  return {
    compared: held.includes(true) || existsSync(join(dir, runFiles.comparison)),
    exported: exports.length,
    ...(exportedAt !== undefined && { exportedAt })
  }
}

/** bytes; a sheet that is longer has something of both in it */
const short = 1 << 18

/** A sheet is made before its first answer: as long as the tuned model has said nothing, nothing was compared. */
async function holdsResult(sheet: string): Promise<boolean> {
  const file = join(sheet, runFiles.evaluationItems)
  const size = await stat(file).then(
    (facts) => facts.size,
    () => 0
  )
  if (size === 0 || size > short) return size > 0
  const text = await readFile(file, 'utf8').catch(() => '')
  return text.includes('"candidate":"tuned"')
}
