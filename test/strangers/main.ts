// npm run strangers [-- WORDS]: what strangers can send, through both doors as real processes: a served window and the command
// line. Of each: what became of it and of what was beside it, how long that took, how soon it was let go, how long the
// app's own process was busy with one thing, and the memory of all processes. WORDS: only what has one of them in its name.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { table } from '../../main/cli/table'
import { hostileFiles } from '../fixtures/hostile-files'
import { hostileForms } from '../fixtures/hostile-forms'
import { strangeFiles } from '../fixtures/strange-files'
import { makeReady } from '../fixtures/ready'
import { faq } from '../services/dataset/project'
import { byCommandLine, WindowDoor, type Came } from './doors'
import { hostileModels } from './models'
import { hostileRequests } from './requests'
import { slowFiles, type SlowFile } from './slow-files'

/** what each may cost */
const most = { cancelMs: 200, busy: 100, memory: 1000e6 }

const words = process.argv.slice(2)
const files: readonly SlowFile[] = [
  ...[...hostileFiles, ...strangeFiles, ...hostileForms].map(({ content, ...file }) => ({
    ...{ row: 0, ...file },
    write: (path: string) => writeFileSync(path, content())
  })),
  ...slowFiles
].filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)))

makeReady('addon', 'app')
const dir = mkdtempSync(join(tmpdir(), 'neiro-strangers-'))
const home = join(dir, 'home')
const lines: string[][] = []
const wrong: string[] = []
const window = await WindowDoor.open(home)
try {
  const beside = join(home, 'beside.csv')
  writeFileSync(beside, faq(7))
  for (const file of files) {
    const path = join(home, file.name)
    file.write(path)
    note(file, 'window', await window.bring(path, beside))
    note(file, 'command', await byCommandLine(home, path, beside))
    rmSync(path)
  }
  if (words.length === 0 || words.includes('models'))
    for (const { name, door, said, problem, ...cost } of await hostileModels(window, home)) {
      if (problem) wrong.push(`${name} (${door}): ${problem}`)
      lines.push([name, door, said, ...costs({ cancelMs: null, ...cost })])
    }
  if (words.length === 0 || words.includes('requests'))
    for (const { name, said, problem, ...cost } of await hostileRequests(window)) {
      if (problem) wrong.push(`${name}: ${problem}`)
      lines.push([name, 'request', said, ...costs({ cancelMs: null, ...cost })])
    }
} finally {
  await window.close()
  rmSync(dir, { recursive: true, force: true })
}
for (const one of table([['', '', 'became', 's', 'let go ms', 'busy ms', 'memory MB'], ...lines]))
  console.log(one)
for (const one of wrong) console.log(one)
console.log(wrong.length === 0 ? 'all as they should be' : `${wrong.length} wrong`)
process.exitCode = wrong.length === 0 ? 0 : 1

function note(file: SlowFile, door: string, came: Came): void {
  const [own, beside] = came.files
  const name = file.row === 0 ? file.name : `row ${file.row}: ${file.name}`
  const problem =
    beside?.examples !== 7 || beside.code !== null
      ? `what was beside it: ${JSON.stringify(beside)}`
      : own?.examples !== file.examples || !(file.codes ?? [null]).includes(own.code as never)
        ? `became ${JSON.stringify(own)}`
        : (came.cancelMs ?? 0) > most.cancelMs
          ? 'was let go too late'
          : (came.busy ?? 0) > most.busy
            ? 'held the app up'
            : came.memory > most.memory
              ? 'needed too much memory'
              : null
  if (problem) wrong.push(`${name} (${door}): ${problem}`)
  lines.push([name, door, own?.code ?? String(own?.examples ?? ''), ...costs(came)])
  console.log(lines.at(-1)?.join('  '))
}

function costs({ ms, cancelMs, busy, memory }: Omit<Came, 'files'>): string[] {
  const whole = (value: number | null): string => (value === null ? '' : value.toFixed(0))
  return [(ms / 1000).toFixed(1), whole(cancelMs), whole(busy), whole(memory / 1e6)]
}
