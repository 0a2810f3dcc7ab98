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
  if (values.home === undefined) await must('tune --model starter --data sample --max-steps 20'.split(' '))
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
  const samples: Sample[] = []
  let before = 0
  for (let kill = 0; ; kill++) {
    const last = kill >= kills
    const until = last
      ? Infinity
      : before + Math.ceil((wanted - before) / (kills - kill + 1) / 2) + (random() % 40)
    const code = await live(args, until, samples)
    const now = answers().length
    console.log(`${last ? 'to the end' : `killed (${code})`}: ${before} -> ${now} of ${wanted} answers`)
    if (now < before) throw new Error('answers were lost')
    before = now
    if (last || now >= wanted) break
  }
  judge(wanted, samples)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function must(args: readonly string[]): Promise<void> {
  const { status, stderr } = await runNeiro(args, { env })
  if (status !== 0) throw new Error(stderr)
}

/** Of the program at one moment. */
interface Sample {
  readonly life: number
  /** bytes */
  readonly resident: number
  /** bytes, by it since it began, into files and to its engine */
  readonly written: number
  readonly answered: number
}

/** One life of the program, ended once so many answers are there, at any moment of the next one. */
function live(args: readonly string[], until: number, samples: Sample[]): Promise<number | null> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [cli, ...args], {
      env: { ...process.env, ...env },
      stdio: 'ignore'
    })
    const pid = child.pid ?? 0
    const look = setInterval(() => {
      const resident = residentBytes(pid)
      if (resident > 0)
        samples.push({ life: pid, resident, written: writtenBytes(pid), answered: countAnswers() })
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

/** All that was handed to the system to write (Linux). */
function writtenBytes(pid: number): number {
  try {
    return Number(/^wchar: (\d+)/m.exec(readFileSync(`/proc/${pid}/io`, 'utf8'))?.[1] ?? 0)
  } catch {
    return 0
  }
}

/** Bytes written for each answer, from one share of all answers to another: where earlier lines were written again with each
 *  new one, it would rise with the file. Losses are measured before the first answer and are not in it. */
function writtenForAnswer(samples: readonly Sample[], from: number, to: number): number {
  const end = samples.at(-1)?.answered ?? 0
  let [written, answered] = [0, 0]
  for (const [at, now] of samples.entries()) {
    const before = samples[at - 1]
    if (before?.life !== now.life || now.written === 0) continue
    if (before.answered === 0 || before.answered < from * end || now.answered > to * end) continue
    written += now.written - before.written
    answered += now.answered - before.answered
  }
  return written / Math.max(1, answered)
}

function judge(wanted: number, samples: readonly Sample[]): void {
  const all = answers()
  const once = new Set(all.map(({ item, candidate }) => `${item} ${candidate}`))
  const quarter = (at: number): number => {
    const [from, to] = [at, at + 1].map((one) => Math.floor((one * samples.length) / 4))
    return Math.max(...samples.slice(from, to).map(({ resident }) => resident))
  }
  const bytes = Buffer.byteLength(text())
  const [early, late] = [quarter(1) / 1e6, quarter(3) / 1e6]
  const [first, last] = [writtenForAnswer(samples, 0, 0.5), writtenForAnswer(samples, 0.5, 1)]
  console.log(`${once.size} of ${wanted} answered, ${all.length - once.size} twice`)
  console.log(
    `memory at most ${early.toFixed(0)} MB in the second quarter, ${late.toFixed(0)} MB in the last`
  )
  console.log(
    `${bytes} bytes, ${(bytes / Math.max(1, all.length)).toFixed(0)} an answer with its question and scores`
  )
  console.log(
    `${first.toFixed(0)} bytes written for each answer of the first half, ${last.toFixed(0)} of the second`
  )
  const wrong = [
    once.size < wanted && 'questions without an answer',
    all.length > once.size && 'questions that were answered twice',
    late > 1.25 * early + 20 && 'memory grew',
    !(last <= 1.5 * first) && 'an answer costs more writing the later it comes'
  ].filter(Boolean)
  if (wrong.length === 0) return
  console.log(`WRONG: ${wrong.join(', ')}`)
  process.exitCode = 1
}
