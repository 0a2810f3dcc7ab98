// npm run bench:reading [-- ROWS]: how fast data files are read, and with how much memory: a million rows of CSV and JSONL
// (UTF-8, CP932) and an Excel file of a tenth of that, made here. In one run, one file after another: the bare loop of this
// machine, reading alone (one process, with the workshop's limits of memory), the workshop as the app's process asks it, and
// `neiro data` on the command line.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { table } from '../../main/cli/table'
import { readingMemory } from '../../main/workshop/limits'
import { makeReady } from '../fixtures/ready'
import { builtOneFile, builtReadingAlone, builtWorkshop } from '../trainer/built'
import { bareLoop } from './bare-loop'
import { makeSheet, makeText, type Made } from './inputs'
import { PeakMemories } from './peak-memory'

interface Ran {
  readonly ms: number
  readonly output: string
  readonly own: number
  readonly others: number
}

async function run(args: readonly string[]): Promise<Ran> {
  const begun = performance.now()
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const memories = new PeakMemories(child.pid as number)
  let output = ''
  child.stdout.on('data', (text: Buffer) => (output += text.toString()))
  const code = await new Promise<number | null>((done) => child.once('close', done))
  const ms = performance.now() - begun
  if (code !== 0) console.error(`${args.join(' ')}: status ${code}`)
  return { ms, output, ...memories.stop() }
}

const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`
const speed = (bytes: number, ms: number): string => `${(bytes / 1000 / ms).toFixed(1)} MB/s`

async function measure(file: Made, bare: number | null): Promise<string[]> {
  const limit = `--max-old-space-size=${readingMemory.heap}`
  const alone = await run([limit, '--max-semi-space-size=4', await builtReadingAlone(), file.path])
  const reading = JSON.parse(alone.output) as Record<'ms' | 'busy' | 'examples' | 'memory', number>
  const one = await run([await builtOneFile(), await builtWorkshop(), file.path])
  const app = JSON.parse(one.output) as Record<'ms' | 'silent' | 'examples' | 'own' | 'reader', number>
  for (const { examples } of [reading, app])
    if (examples !== file.rows)
      throw new Error(`${file.name}: ${examples} of ${file.rows} rows became examples`)
  const cli = await run([resolve(import.meta.dirname, '../../out/main/cli.js'), 'data', file.path])
  return [
    ...[file.name, megabytes(file.bytes), bare === null ? '' : speed(file.bytes, bare)],
    ...[speed(file.bytes, reading.ms), speed(file.bytes, reading.busy)],
    ...[`${Math.round(file.rows / reading.ms)}`, megabytes(reading.memory)],
    ...[speed(file.bytes, app.ms), megabytes(app.own), megabytes(app.reader), `${Math.round(app.silent)} ms`],
    ...[speed(file.bytes, cli.ms), megabytes(cli.own), megabytes(cli.others)]
  ]
}

const rows = Number(process.argv[2] ?? 1_000_000)
const dir = mkdtempSync(join(tmpdir(), 'neiro-reading-'))
try {
  makeReady('app')
  const lines = [
    [
      ...[
        '',
        'size',
        'bare loop',
        'reading',
        'of CPU',
        'rows/ms',
        'memory',
        'app',
        'asks',
        'reads',
        'silent'
      ],
      ...['neiro data', 'asks', 'reads']
    ]
  ]
  const texts = [
    ['csv', 'utf8'],
    ['csv', 'cp932'],
    ['jsonl', 'utf8']
  ] as const
  for (const [format, encoding] of texts) {
    const made = makeText(dir, format, encoding, rows)
    lines.push(await measure(made, bareLoop(made.path, encoding, format === 'jsonl')))
    rmSync(made.path)
  }
  lines.push(await measure(makeSheet(dir, Math.round(rows / 10)), null))
  for (const line of table(lines)) console.log(line)
} finally {
  rmSync(dir, { recursive: true, force: true })
}
