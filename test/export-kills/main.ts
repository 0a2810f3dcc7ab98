// npm run exportkills -- [KILLS] [SEED]: `neiro export` is killed (SIGKILL) so often at random moments of each kind that
// others read: merged, GGUF, and up to a model in Ollama. The next look leaves nothing half done and says what was cut
// off; the next export is, to the byte, what an undisturbed one is.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomFrom } from '../../main/batches/shuffle'
import { cli, layOut, tuning, well } from '../disk-faults/acts/command'
import { eventsIn, homeOf } from '../disk-faults/act'
import { litterUnder, treeHash } from '../disk-faults/tree'
import { neiro, type CliResult } from '../fixtures/neiro-cli'
import { starterModelDir } from '../fixtures/places'
import { makeReady } from '../fixtures/ready'
import { OllamaStandIn } from '../services/exports/ollama/stand-in'

const kills = Number(process.argv[2] ?? 20)
const seed = Number(process.argv[3] ?? 1)
if (!(kills > 0 && Number.isSafeInteger(kills) && Number.isSafeInteger(seed))) {
  console.error('usage: npm run exportkills -- [KILLS] [SEED]')
  process.exit(2)
}

makeReady('addon', 'app')
const random = randomFrom(seed)
const folder = mkdtempSync(join(tmpdir(), 'neiro-export-kills-'))
const run = join(folder, 'run')
const target = join(folder, 'given', 'tone')
const ollama = new OllamaStandIn()
const env = { NEIRO_HOME: homeOf(folder), OLLAMA_HOST: `127.0.0.1:${await ollama.start()}` }

/** What of a kind is asked for; Ollama gets it under a name, so that it is created there, too. */
const acts = {
  merged: ['merged', '--dtype', 'f32'],
  gguf: ['gguf', '--dtype', 'q8_0'],
  ollama: ['ollama', '--dtype', 'f16', '--name', 'tone']
} as const
type ActName = keyof typeof acts

const argsOf = (name: ActName): readonly string[] => [
  ...['export', ...acts[name], '--run', run, '--out', target, '--force', '--threads', '1']
]

/** The sheet and the card say when they were made. */
const contentOf = (): string => treeHash(target, (file) => !/(AUDIT|README)\.md$/.test(file))

interface Ran {
  /** how far it had come; null: to its end */
  readonly killedIn: string | null
  /** from its start to its first stage, and from there to its end */
  readonly spans: readonly [number, number]
}

/** Runs it, and kills it so many ms behind its start or its first stage; null: never. */
function ran(args: readonly string[], kill: { behind: 'start' | 'stage'; ms: number } | null): Promise<Ran> {
  return new Promise((done, fail) => {
    const began = performance.now()
    const child = spawn(process.execPath, [cli, ...args, '--json'], { env: { ...process.env, ...env } })
    let said = ''
    let staged: number | null = null
    let timer: NodeJS.Timeout | undefined
    const dieIn = (ms: number): void => void (timer = setTimeout(() => child.kill('SIGKILL'), ms))
    if (kill?.behind === 'start') dieIn(kill.ms)
    child.stdout.on('data', (data: Buffer) => {
      said += data.toString()
      if (staged !== null || !said.includes('"stage"')) return
      staged = performance.now()
      if (kill?.behind === 'stage') dieIn(kill.ms)
    })
    child.on('error', fail)
    child.on('close', (_status, signal) => {
      clearTimeout(timer)
      const last = eventsIn(said).at(-1)
      const now = performance.now()
      const killedIn = signal === 'SIGKILL' ? String(last?.['stage'] ?? last?.event ?? 'start') : null
      done({ killedIn, spans: [(staged ?? now) - began, now - (staged ?? now)] })
    })
  })
}

/** What is wrong with what the next look and the next export find; null: nothing. */
async function wrongWith(name: ActName, whole: string, before: string): Promise<string | null> {
  const { status, events, error } = await neiro(['export', 'list', '--run', run], env)
  if (status !== 0) return `the list ends with ${JSON.stringify(error)}`
  const litter = litterUnder(folder)
  if (litter.length > 0) return `left ${litter.join(', ')}`
  const now = contentOf()
  if (now !== before && now !== whole) return 'neither the old nor the new one stands there'
  const kept = events.filter(({ event, dir }) => event === 'export' && dir === target)
  if (kept.length !== (now === 'nothing' ? 0 : 1))
    return `the list has ${kept.length} of it, and ${now} is there`
  const next = await neiro(argsOf(name), env)
  if (next.status !== 0) return `the next one ends with ${JSON.stringify(next.error)}`
  if (contentOf() !== whole) return 'the next one differs'
  const left = await cutOffOf()
  return left.length > 0 ? 'it is still said to be cut off' : null
}

const cutOffOf = async (): Promise<CliResult['events']> =>
  (await neiro(['export', 'list', '--run', run], env)).events.filter(({ event }) => event === 'cut-off')

let wrong = 0
async function killAll(name: ActName): Promise<void> {
  const { spans } = await ran(argsOf(name), null)
  const whole = contentOf()
  const moments: Record<string, number> = {}
  let cut = 0
  for (let number = 0; number < kills; number++) {
    // every other one stands in the place of an older one
    if (number % 2 === 0) rmSync(target, { recursive: true, force: true })
    const before = contentOf()
    const behind = number % 4 === 0 ? 'start' : 'stage'
    const ms = (random() / 2 ** 32) * spans[behind === 'start' ? 0 : 1]
    const moment = (await ran(argsOf(name), { behind, ms })).killedIn
    moments[moment ?? 'ended before'] = (moments[moment ?? 'ended before'] ?? 0) + 1
    const said = await cutOffOf()
    cut += said.length
    // what began to write and did not come to its end is always said; what is there whole never
    const began = moment !== null && ['write', 'read-back'].includes(moment)
    const problem =
      began && said.length !== 1 && contentOf() !== whole
        ? 'nobody says that it was cut off'
        : await wrongWith(name, whole, before)
    if (problem === null) continue
    wrong++
    console.log(`WRONG ${name}, kill ${number + 1} (${moment ?? 'ended before'}): ${problem}`)
  }
  const where = Object.entries(moments).map(([moment, count]) => `${moment} ${count}`)
  console.log(`${name}: ${kills} kills (${where.join(', ')}), ${cut} said to be cut off`)
}

try {
  const { table } = layOut(folder)
  await well(folder, ...tuning({ model: starterModelDir, table }, run))
  for (const name of Object.keys(acts) as ActName[]) await killAll(name)
  const blobs = [...ollama.blobs.keys()]
  console.log(`Ollama has ${blobs.length} file, and ${ollama.created.length} models were created of it`)
  if (blobs.length !== 1 || !existsSync(target)) wrong++
} finally {
  await ollama.stop()
  rmSync(folder, { recursive: true, force: true })
}
console.log(wrong === 0 ? 'all right' : `${wrong} wrong`)
process.exitCode = wrong === 0 ? 0 : 1
