// A run by the word a user writes for it: its folder, its name in the list, or "latest".
import { existsSync } from 'node:fs'
import { join, resolve, sep } from 'node:path'
import { NeiroError } from '../contract/errors'
import type { RunRecord } from '../contract/records'
import { runFiles } from '../contract/run-files'
import { nearest } from '../services/recipes/nearest'
import { listRuns, readRun } from '../services/runs/run-folder'

export async function findRun(name: string, runsDir: string): Promise<RunRecord> {
  if (existsSync(join(name, runFiles.job))) return readRun(resolve(name))
  const runs = await listRuns(runsDir)
  if (runs.length === 0) {
    throw new NeiroError('NO_RUNS')
  }
  const found = name === 'latest' ? runs[0] : (runs.find((run) => run.id === name) ?? onlyNamed(runs, name))
  if (found) return found
  const right = nearest(
    name,
    runs.map((run) => run.id)
  )
  throw new NeiroError('NO_SUCH_RUN', {
    name,
    nearest: right
  })
}

/** The newest of this name, as the list shows it. */
const onlyNamed = (runs: readonly RunRecord[], name: string): RunRecord | undefined =>
  runs.find((run) => run.name === name)

/** The word to write for a run in an example command. */
export function runWord(dir: string, runsDir: string): string {
  const id = resolve(dir).slice(resolve(runsDir).length + 1)
  return resolve(dir) === join(resolve(runsDir), id) && !/[\\/]/.test(id) ? quoted(id) : quoted(resolve(dir))
}

/** As a shell takes it back. Backslashes are plain in paths of Windows only. */
export function quoted(text: string): string {
  const plain =
    sep === '\\'
      ? /^[\w@%+=:,./\\\u3040-\u30ff\u3400-\u9fff-]+$/u
      : /^[\w@%+=:,./\u3040-\u30ff\u3400-\u9fff-]+$/u
  if (plain.test(text)) return text
  if (!/["$`!]/.test(text) && (sep === '\\' || !text.includes('\\'))) return `"${text}"`
  return `'${text.replaceAll("'", `'\\''`)}'`
}
