// Learning from own answers, with the same answers given there and here: TRL's trainer in the generated folder and Neiro's own
// loop give them the same marks, lose the same and learn the same. What a run by its own dice cannot show.
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ConversationOptions, OpenOptions, Said, Session } from '../../addon/index'
import type { MetricLine } from '../../main/contract/records'
import type { EngineSession } from '../../main/trainer/engine-session'
import { trainRun } from '../../main/trainer/train-run'
import { floats, readSafetensors } from '../fixtures/safetensors'
import { engine } from '../golden-runner/engine'
import type { Ask } from './asks'
import { writeExamples } from './method-data'
import { events } from './neiro'

/** as fixed_answers.py has them */
const lengths = [3, 6, 10, 16]
const heldOutLength = 10
/** not the divergence: TRL's is a mean of the means of passes, and of RLOO another one; what it costs is in the loss */
const alike = ['policyLoss', 'reward', 'rewardSpread', 'gradNorm'] as const
/** of the largest of the run, and of RLOO's loss, which is nought where nobody has moved, of this */
const tolerance = 1e-3
const least = 0.01

export async function tryFixedAnswers(venv: string, work: string, ask: Ask): Promise<void> {
  const home = join(work, 'home-fixed')
  const { train, heldOut } = writeExamples(work, 'conversation')
  for (const method of ['grpo', 'rloo'] as const) {
    const folder = join(work, `fixed-${method}`)
    const handed = await events(
      [
        ...['tune', '--model', 'starter', '--data', train, '--held-out', heldOut, '--method', method],
        ...['--on', `folder:${folder}`, '--send', '--unmasked', '--name', method, '--epochs', '1'],
        ...['--batch-size', '4', '--max-seq-length', '200', '--seed', '7', '--lora-rank', '8'],
        ...['--base-quantization', 'none', '--evaluation-steps', '5'],
        ...['--early-stopping-patience', '0', '--reward-length', '-8', '--answers-per-question', '4'],
        ...['--answer-tokens', '16', '--learning-rate', '5e-4', '--schedule', 'constant'],
        ...['--divergence-price', '0.04', '--divergence-limit', '0']
      ],
      home
    )
    const run = String(handed.find(({ event }) => event === 'handedOver')?.['run'] ?? '')
    const texts = join(work, `fixed-${method}.json`)
    const program = join(import.meta.dirname, 'fixed_answers.py')
    const { status, stderr } = spawnSync(join(venv, 'bin/python'), [program, folder, texts], {
      ...{ encoding: 'utf8', cwd: folder },
      env: { ...process.env, HF_HUB_OFFLINE: '1', OMP_NUM_THREADS: '1', PYTHONDONTWRITEBYTECODE: '1' }
    })
    if (status !== 0) process.stderr.write(`${stderr}\n`)
    await trainedHere(run, folder, readJson(texts))
    const [mine, theirs] = [join(run, 'metrics.jsonl'), join(folder, 'output/metrics.jsonl')].map(stepsIn)
    for (const name of alike) {
      const [here = [], there = []] = [mine, theirs].map((some) => some?.map((step) => step[name] ?? NaN))
      const most = Math.max(largest(here), least)
      const apart = largest(here.map((value, i) => value - (there[i] ?? NaN))) / most
      ask(
        `${method}: ${name} of ${here.length} updates as TRL's for the same answers (${apart.toExponential(1)} of ${most.toPrecision(3)})`,
        here.length === 10 && apart < tolerance
      )
    }
    const [own, other] = [join(run, 'adapter'), join(folder, 'output/adapter')].map(weightsIn)
    const apart = size((own ?? []).map((value, i) => value - (other?.[i] ?? NaN))) / size(own ?? [])
    ask(
      `${method}: and the same is learnt (weights apart ${apart.toExponential(1)}, root mean square)`,
      apart < tolerance
    )
  }
}

/** The run of that folder, trained by Neiro's own loop and engine, which only does not answer itself. */
async function trainedHere(run: string, folder: string, texts: Record<string, string>): Promise<void> {
  const right = new Map<string, readonly number[]>()
  const heldOut = new Set<string>()
  for (const name of readdirSync(join(folder, 'data')).filter((one) => one.endsWith('.jsonl')))
    for (const line of readFileSync(join(folder, 'data', name), 'utf8')
      .trim()
      .split('\n')) {
      const row = JSON.parse(line) as { prompt_ids?: number[]; answer_ids?: number[] }
      if (!row.prompt_ids || !row.answer_ids) continue
      right.set(String(row.prompt_ids), row.answer_ids)
      if (name.startsWith('held')) heldOut.add(String(row.prompt_ids))
    }
  const asked = new Map<string, number>()
  const answer = (prompt: Int32Array): readonly number[] => {
    const key = String(Array.from(prompt))
    const times = asked.get(key) ?? 0
    asked.set(key, times + 1)
    const length = heldOut.has(key) ? heldOutLength : (lengths[times % lengths.length] ?? 0)
    return right.get(key)?.slice(0, length) ?? []
  }
  await trainRun(run, {
    backend: 'test',
    openSession: async (options: OpenOptions) => told(await engine().Session.open(options), answer),
    request: () => null,
    textsOf: (all) => Promise.resolve(all.map((tokens) => texts[String(tokens)] ?? '')),
    onMetric: () => undefined,
    onProgress: () => undefined
  })
}

/** A session that answers what it is told to. */
function told(session: Session, answer: (prompt: Int32Array) => readonly number[]): EngineSession {
  const speaking = new Map<number, number[]>()
  let place = 0
  const own = {
    beginConversation({ prompt }: ConversationOptions): Promise<number> {
      speaking.set(++place, [...answer(Int32Array.from(prompt))])
      return Promise.resolve(place)
    },
    advance(): Promise<Said[]> {
      const said = [...speaking].map(([at, rest]): Said => {
        const token = rest.shift() ?? -1
        if (rest.length === 0) speaking.delete(at)
        return { place: at, token, ended: rest.length === 0 ? 'length' : null } as Said
      })
      return Promise.resolve(said)
    },
    endConversation: () => Promise.resolve()
  }
  return new Proxy(session, {
    get(of, name: keyof EngineSession) {
      if (name in own) return own[name as keyof typeof own]
      const value: unknown = of[name]
      return typeof value === 'function' ? (value.bind(of) as unknown) : value
    }
  })
}

const readJson = (file: string): Record<string, string> => JSON.parse(readFileSync(file, 'utf8'))

function stepsIn(file: string): readonly Readonly<Record<string, number>>[] {
  const lines = readFileSync(file, 'utf8').trim().split('\n')
  return lines
    .map((line) => JSON.parse(line) as MetricLine)
    .flatMap((line) => (line.kind === 'step' ? [line.figures] : []))
}

function weightsIn(dir: string): readonly number[] {
  const tensors = readSafetensors(join(dir, 'adapter_model.safetensors'))
  return [...tensors.keys()].sort().flatMap((name) => {
    const tensor = tensors.get(name)
    return tensor ? Array.from(floats(tensor)) : []
  })
}

/** Root mean square: where a gradient is as small as what is lost in rounding, Adam's step has either sign. */
const size = (values: readonly number[]): number =>
  Math.sqrt(values.reduce((sum, one) => sum + one * one, 0) / values.length)
const largest = (values: readonly number[]): number =>
  values.reduce((most, one) => Math.max(most, Math.abs(one)), 0)
