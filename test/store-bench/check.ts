// npm run bench:check [-- ROWS] [--no-utf8] [--no-cp932] [--no-repairs]: a million letters of customers taken into a project and checked as the window has them
// checked, held to what is promised: how long it takes, what memory each process has, how long the window waits for a page
// meanwhile. Which of them are too long is counted in tokens
// of the starter model.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { table } from '../../main/cli/table'
import { starterModelDir } from '../fixtures/places'
import { builtKeeper, builtOneCheck, builtWorkshop } from '../trainer/built'
import { makeLetters } from './letters'
import type { Step } from './recorder'

interface Measured {
  readonly dir: string
  readonly examples: number
  readonly findings: readonly { readonly kind: string; readonly count: number }[]
  readonly steps: readonly Step[]
  readonly memory: {
    readonly own: number
    readonly keeper: number
    readonly checkers: readonly number[]
    readonly workshop: readonly number[]
  }
  readonly slowestPage: number
  /** processor seconds of all processes while they checked */
  readonly worked: number
}

const args = process.argv.slice(2)
const rows = Number(args.find((arg) => /^\d+$/.test(arg)) ?? 1_000_000)
const encodings = (['utf8', 'cp932'] as const).filter((name) => !args.includes(`--no-${name}`))
const dir = mkdtempSync(join(tmpdir(), 'neiro-check-'))
const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`
let isKept = true

function held(name: string, value: number, most: number, unit: string): void {
  const isRight = value <= most
  isKept &&= isRight
  console.log(`  ${isRight ? 'kept  ' : 'MISSED'} ${name}: ${value.toFixed(0)} ${unit} (at most ${most})`)
}

try {
  for (const encoding of encodings) {
    const made = makeLetters(dir, 'csv', encoding, rows)
    const measured = await measure(made.path)
    const { steps, memory, examples, findings, slowestPage } = measured
    rmSync(made.path)
    rmSync(measured.dir, { recursive: true })
    if (examples !== rows) throw new Error(`${made.name}: ${examples} rows of ${rows}`)
    const msOf = (name: string): number => steps.find(({ step }) => step === name)?.ms ?? 0
    const speed = made.bytes / 1000 / msOf('import')
    console.log(`\n${made.name}, ${rows} rows, ${megabytes(made.bytes)}: import ${speed.toFixed(1)} MB/s`)
    const lines = steps.map(({ step, ms, silent }) => [
      step,
      `${ms.toFixed(0)} ms`,
      `silent ${silent.toFixed(0)} ms`
    ])
    for (const line of table(lines)) console.log(line)
    console.log(findings.map(({ kind, count }) => `${kind} ${count}`).join(', '))
    held('check-up', msOf('check-up') / 1000, (180 * rows) / 1e6, 's')
    console.log(
      `  of all processes ${measured.worked.toFixed(0)} s of work, ${(measured.worked / 2).toFixed(0)} s on each of two`
    )
    held('first page', msOf('first page') / 1000, 2, 's')
    held('slowest page meanwhile', slowestPage, 1000, 'ms')
    held('silence of the app', Math.max(...steps.map(({ silent }) => silent)), 50, 'ms')
    held('given up', msOf('given up'), 1000, 'ms')
    held('memory of the app', memory.own / 1e6, 400, 'MB')
    held('memory of the data process', memory.keeper / 1e6, 1000, 'MB')
    for (const one of memory.checkers) held('memory of a checker', one / 1e6, 1000, 'MB')
    console.log(`workshop ${memory.workshop.map(megabytes).join(', ')}`)
  }
} finally {
  rmSync(dir, { recursive: true, force: true })
}
process.exitCode = isKept ? 0 : 1

async function measure(path: string): Promise<Measured> {
  const repairs = args.includes('--no-repairs') ? 'no' : 'yes'
  const program = [
    ...[await builtOneCheck(), await builtWorkshop(), await builtKeeper(), starterModelDir, path],
    repairs
  ]
  const child = spawn(process.execPath, program, { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.on('data', (text: Buffer) => (output += text.toString()))
  await new Promise((done) => child.once('close', done))
  return JSON.parse(output) as Measured
}
