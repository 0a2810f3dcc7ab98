// npm run evalkills -- --items 1000 --kills 6 --run HOME/RUN: `neiro eval` with four candidates on so many questions, killed at
// random moments and begun again. Ends with an error where a question was answered twice or not at all, where the memory of
// the process grew with the answers, or where an answer cost more writing the later it came.
import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { randomFrom } from '../../main/batches/shuffle'
import { makeReady } from '../fixtures/ready'
import { runNeiro } from '../cli/neiro-process'

const { values } = parseArgs({
  options: {
    items: { type: 'string', default: '1000' },
    kills: { type: 'string', default: '6' },
    seed: { type: 'string', default: '1' },
    /** a data folder whose newest run is taken; absent: one of the sample is trained first */
    home: { type: 'string' }
  }
})
const [items, kills] = [Number(values.items), Number(values.kills)]
const random = randomFrom(Number(values.seed))
const candidates = 4

makeReady('addon', 'app')
const cli = resolve(import.meta.dirname, '../../out/main/cli.js')
const folder = mkdtempSync(join(tmpdir(), 'neiro-eval-kills-'))
const env = { NEIRO_HOME: values.home ?? join(folder, 'home'), LANG: 'ja_JP.UTF-8' }

try {
  if (values.home === undefined) await must(['tune', '--model', 'starter', '--data', 'sample', '--quick'])
  const asked = join(folder, 'asked.jsonl')
  const lines = Array.from({ length: items }, (_, at) =>
    JSON.stringify({
      messages: [
        { role: 'user', content: `${at + 1}番の箱を${(at % 9) + 2}個頼むと、送料はいくらですか。` },
        { role: 'assistant', content: `送料は${100 * ((at % 9) + 2)}円でございます。` }
      ]
    })
  )
  writeFileSync(asked, `${lines.join('\n')}\n`)
  const args = ['eval', '--run', 'latest', '--data', asked, '--limit', String(items)]
  args.push('--prompt', 'ていねいに答えてください。', '--examples', '2', '--max-new-tokens', '24')
  const wanted = items * candidates
  const memory: number[] = []
  let before = 0
  for (let kill = 0; ; kill++) {
    const last = kill >= kills
    const until = last
      ? Infinity
      : before + Math.ceil((wanted - before) / (kills - kill + 1) / 2) + (random() % 40)
    const code = await live(args, until, memory)
    const now = answers().length
    console.log(`${last ? 'to the end' : `killed (${code})`}: ${before} -> ${now} of ${wanted} answers`)
    if (now < before) throw new Error('answers were lost')
    before = now
    if (last || now >= wanted) break
  }
  judge(wanted, memory)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function must(args: readonly string[]): Promise<void> {
  const { status, stderr } = await runNeiro(args, { env })
  if (status !== 0) throw new Error(stderr)
}

/** One life of the program, ended once so many answers are there, at any moment of the next one. */
function live(args: readonly string[], until: number, memory: number[]): Promise<number | null> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [cli, ...args], {
      env: { ...process.env, ...env },
      stdio: 'ignore'
    })
    const look = setInterval(() => {
      const bytes = residentBytes(child.pid ?? 0)
      if (bytes > 0) memory.push(bytes)
      if (countAnswers() >= until) setTimeout(() => child.kill('SIGKILL'), random() % 400)
    }, 200)
    child.on('exit', (code) => {
      clearInterval(look)
      done(code)
    })
  })
}

interface Answered {
  readonly item: number
  readonly candidate: string
}

function sheetFile(): string | null {
  const found = readdirSync(env.NEIRO_HOME, { recursive: true, withFileTypes: true })
    .filter(({ name }) => name === 'items.jsonl')
    .map(({ parentPath, name }) => join(parentPath, name))
  return found.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0] ?? null
}

function text(): string {
  const file = sheetFile()
  return file === null ? '' : readFileSync(file, 'utf8')
}

function countAnswers(): number {
  return text().split('"answer":').length - 1
}

function answers(): readonly Answered[] {
  return text()
    .split('\n')
    .flatMap((line) => {
      try {
        const data = JSON.parse(line) as Partial<Answered & { answer: string }>
        return data.answer === undefined || data.item === undefined || data.candidate === undefined
          ? []
          : [{ item: data.item, candidate: data.candidate }]
      } catch {
        return []
      }
    })
}

/** Of the program itself, not of the engine beside it (Linux). */
function residentBytes(pid: number): number {
  try {
    return 4096 * Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1])
  } catch {
    return 0
  }
}

function judge(wanted: number, memory: readonly number[]): void {
  const all = answers()
  const once = new Set(all.map(({ item, candidate }) => `${item} ${candidate}`))
  const quarter = (at: number): number =>
    Math.max(
      ...memory.slice(Math.floor((at * memory.length) / 4), Math.floor(((at + 1) * memory.length) / 4))
    )
  const bytes = Buffer.byteLength(text())
  const [early, late] = [quarter(1) / 1e6, quarter(3) / 1e6]
  console.log(`${once.size} of ${wanted} answered, ${all.length - once.size} twice`)
  console.log(
    `memory at most ${early.toFixed(0)} MB in the second quarter, ${late.toFixed(0)} MB in the last`
  )
  console.log(
    `${bytes} bytes, ${(bytes / Math.max(1, all.length)).toFixed(0)} an answer with its question and scores`
  )
  const wrong = [
    once.size < wanted && 'questions without an answer',
    all.length > once.size && 'questions that were answered twice',
    late > 1.25 * early + 20 && 'memory grew'
  ].filter(Boolean)
  if (wrong.length === 0) return
  console.log(`WRONG: ${wrong.join(', ')}`)
  process.exitCode = 1
}
