// Every method through a Ray cluster of two processes, beside Neiro's own run of the same recipe on the same examples: what is
// held out is measured alike, and the adapter that comes home says to PEFT what it says to the engine.
import { join } from 'node:path'
import type { OpenOptions } from '../../addon/index'
import { starterModelDir } from '../fixtures/places'
import type { Ask } from './asks'
import { killThose, ports, up } from './cluster'
import { writeExamples, type Shape } from './method-data'
import { events, runOf, type Heard } from './neiro'
import { trySameAsPeft } from './peft'

interface Tried {
  readonly method: string
  readonly shape: Shape
  readonly more?: readonly string[]
  /** figures of what is held out that must be as Neiro's own, and by how much they may differ */
  readonly alike: Readonly<Record<string, number>>
  readonly score?: OpenOptions['score']
  /** it answers by its own dice, here and there: only that its marks rise, and that it is told how far it went */
  readonly answers?: true
}

const answering = [
  ...['--reward-length', '-8', '--answers-per-question', '4', '--answer-tokens', '16'],
  ...[
    '--learning-rate',
    '1e-2',
    '--schedule',
    'constant',
    '--divergence-price',
    '0.001',
    '--divergence-limit',
    '0'
  ]
]

const tried: readonly Tried[] = [
  {
    ...{ method: 'classification', shape: 'labelled', alike: { loss: 0.01, accuracy: 0, macroF1: 0 } },
    score: { labels: 2, problem: 'single_label_classification' }
  },
  { method: 'dpo', shape: 'pair', alike: { loss: 0.01, rewardMargin: 0.01, rewardAccuracy: 0 } },
  { method: 'kto', shape: 'rated', alike: { loss: 0.001, rewardMargin: 0.001 } },
  {
    ...{ method: 'reward', shape: 'pair', alike: { loss: 0.01, pointMargin: 0.01, pointAccuracy: 0 } },
    score: { labels: 1, problem: 'regression' }
  },
  { method: 'grpo', shape: 'conversation', alike: {}, more: answering, answers: true },
  { method: 'rloo', shape: 'conversation', alike: {}, more: answering, answers: true }
]

/** only: of these methods; none named: all of them */
export async function tryMethods(
  venv: string,
  work: string,
  ask: Ask,
  only: readonly string[]
): Promise<void> {
  const named = tried.filter(({ method }) => only.includes(method))
  const home = join(work, 'home-methods')
  const temp = join(work, 'm')
  const cluster = up(venv, temp)
  const there = ['--on', `ray:http://127.0.0.1:${ports.dashboard}`, '--send', '--unmasked']
  try {
    for (const { method, shape, alike, score, more = [], answers } of named.length > 0 ? named : tried) {
      const { train, heldOut } = writeExamples(work, shape)
      const recipe = (name: string): string[] => [
        ...['tune', '--model', 'starter', '--data', train, '--held-out', heldOut, '--method', method],
        ...['--name', name, '--epochs', '2', '--batch-size', '4', '--max-seq-length', '200', '--seed', '7'],
        ...['--lora-rank', '8', '--base-quantization', 'none', '--evaluation-steps', '10'],
        ...['--early-stopping-patience', '0', '--learning-rate', '1e-3', ...more]
      ]
      const here = await events(recipe(`${method} here`), home)
      const shared = await events([...recipe(`${method} there`), ...there], home)
      for (const [name, by] of Object.entries(alike)) {
        const [mine, theirs] = [lastOf(here)[name] ?? NaN, lastOf(shared)[name] ?? NaN]
        ask(
          `${method}: ${name} of what is held out as Neiro's own within ${by * 100} % (${theirs.toFixed(5)}, ${mine.toFixed(5)})`,
          Math.abs(theirs - mine) <= by * Math.abs(mine) + 1e-9
        )
      }
      if (answers) tryAnswers(method, here, shared, ask)
      await trySameAsPeft({ venv, ask }, starterModelDir, runOf(shared), score)
    }
  } finally {
    cluster.down()
    killThose(temp)
  }
}

type Figures = Readonly<Record<string, number>>

const figuresIn = (heard: Heard, kind: string): readonly Figures[] =>
  heard.filter(({ event }) => event === kind).map(({ figures }) => figures as Figures)

const lastOf = (heard: Heard): Figures => figuresIn(heard, 'evaluation').at(-1) ?? {}

function tryAnswers(method: string, here: Heard, shared: Heard, ask: Ask): void {
  const rise = (heard: Heard): number => {
    const marks = figuresIn(heard, 'step').map(({ reward = NaN }) => reward)
    const mean = (some: readonly number[]): number => some.reduce((sum, one) => sum + one, 0) / some.length
    return mean(marks.slice(-5)) - mean(marks.slice(0, 5))
  }
  const [mine, theirs] = [rise(here), rise(shared)]
  ask(
    `${method}: marks of its answers rise (by ${theirs.toFixed(3)}, here by ${mine.toFixed(3)})`,
    theirs > 0.05
  )
  const [first = {}] = figuresIn(shared, 'evaluation')
  const last = lastOf(shared)
  ask(
    `${method}: it is told how far it went (${first['divergence']}, ${last['divergence']?.toFixed(4)}) and how long its answers are (${last['answerTokens']?.toFixed(1)})`,
    Math.abs(first['divergence'] ?? NaN) < 1e-6 &&
      Number(last['divergence']) > 0 &&
      Number(last['answerTokens']) > 0
  )
}
