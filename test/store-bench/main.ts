// npm run bench:store [-- ROWS [--lengths]]: a million rows taken into a project as the app takes them, and what the data room
// asks of them: how long each step takes, how long the app's process is silent, what memory each process has. --lengths
// counts the tokens of all of them too, by the starter model.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { table } from '../../main/cli/table'
import { starterModelDir } from '../fixtures/places'
import { makeText } from '../reading-bench/inputs'
import { builtKeeper, builtOneSet, builtWorkshop } from '../trainer/built'

interface Measured {
  readonly dir: string
  readonly examples: number
  readonly found: number
  readonly steps: readonly { readonly step: string; readonly ms: number; readonly silent: number }[]
  /** seconds of the processor that the import took: app, data, workshop */
  readonly busy: readonly number[]
  readonly memory: { readonly own: number; readonly keeper: number; readonly workshop: readonly number[] }
}

const args = process.argv.slice(2)
const rows = Number(args.find((arg) => /^\d+$/.test(arg)) ?? 1_000_000)
const model = args.includes('--lengths') ? starterModelDir : ''
/** of one row alone */
const word = `注文番号${Math.floor(rows / 3)}の`
const dir = mkdtempSync(join(tmpdir(), 'neiro-store-'))
const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`

try {
  for (const [format, encoding] of [
    ['csv', 'utf8'],
    ['csv', 'cp932'],
    ['jsonl', 'utf8']
  ] as const) {
    const made = makeText(dir, format, encoding, rows)
    const { steps, busy, memory, examples, found, dir: project } = await measure(made.path)
    rmSync(made.path)
    rmSync(project, { recursive: true })
    if (examples !== rows || found < 1) throw new Error(`${made.name}: ${examples} rows, ${found} found`)
    const speed = made.bytes / 1000 / (steps[0]?.ms ?? 1)
    console.log(`\n${made.name}, ${rows} rows, ${megabytes(made.bytes)}: ${speed.toFixed(1)} MB/s`)
    const lines = steps.map(({ step, ms, silent }) => [
      step,
      `${ms.toFixed(0)} ms`,
      `silent ${silent.toFixed(0)} ms`
    ])
    for (const line of table(lines)) console.log(line)
    const [app = 0, data = 0, ...readers] = busy
    const seconds = (one: number): string => `${one.toFixed(2)} s`
    console.log(
      `import, of CPU: app ${seconds(app)}, data ${seconds(data)}, workshop ${readers.map(seconds).join(', ')}`
    )
    const others = memory.workshop.map(megabytes).join(', ')
    console.log(`app ${megabytes(memory.own)}, data ${megabytes(memory.keeper)}, workshop ${others}`)
  }
} finally {
  rmSync(dir, { recursive: true, force: true })
}

async function measure(path: string): Promise<Measured> {
  const program = [await builtOneSet(), await builtWorkshop(), await builtKeeper(), model, path, word]
  const child = spawn(process.execPath, program, { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.on('data', (text: Buffer) => (output += text.toString()))
  await new Promise((done) => child.once('close', done))
  return JSON.parse(output) as Measured
}
