// A length rule and the model's own answers: does the reward rise as TRL's does? Each says its answers by its own dice, so it is
// the curves that are laid beside each other. What counts as alike was said beforehand: both rise by 0.05 at least, and Neiro's
// rise is half of TRL's or more.
import { readFileSync } from 'node:fs'
import { mean, ordersOf, type Held, type Lab, type Part } from './lab'

interface Row {
  readonly instruction: string
  readonly input: string
  readonly output: string
}

/** longest: characters that the rule asks for at most; end: updates of which the mean is taken at each end */
const sizes = {
  small: { questions: 2, answers: 4, tokens: 16, updates: 16, longest: 20, end: 4 },
  whole: { questions: 4, answers: 4, tokens: 32, updates: 24, longest: 60, end: 6 }
}
const rates = { rate: 1e-3, rank: 8, alpha: 16, price: 0.04 }

export async function grpo(lab: Lab): Promise<Part> {
  const { size } = lab.options
  const told = { ...sizes[size], ...rates }
  const questions = (
    JSON.parse(readFileSync(lab.shared('en-llamafactory', 'alpaca_en_demo.json'), 'utf8')) as Row[]
  )
    .filter(({ instruction, input }) => input === '' && instruction.length < 200)
    .slice(0, told.questions * told.updates)
    .map(({ instruction, output }) => ({
      messages: [
        { role: 'user', content: instruction },
        { role: 'assistant', content: output }
      ]
    }))
  const data = lab.lines('questions.jsonl', questions)
  const curves: { seed: number; ours: readonly number[]; theirs: readonly number[]; beside: object }[] = []
  for (const seed of lab.seeds(size === 'small' ? 1 : 3)) {
    const recipe = [
      ...[
        '--model',
        lab.talker,
        '--data',
        data,
        '--method',
        'grpo',
        '--held-out-ratio',
        '0',
        '--epochs',
        '1'
      ],
      ...['--batch-size', `${told.questions}`, '--answers-per-question', `${told.answers}`],
      ...['--answer-tokens', `${told.tokens}`, '--reward-length', `-${told.longest}`, '--seed', `${seed}`],
      ...['--learning-rate', `${told.rate}`, '--schedule', 'constant', '--lora-rank', `${told.rank}`],
      ...['--lora-alpha', `${told.alpha}`, '--divergence-price', `${told.price}`, '--divergence-limit', '0'],
      ...['--base-quantization', 'none']
    ]
    const { steps } = await lab.tune(`grpo-${seed}`, recipe)
    const orders = ordersOf(questions.length, seed, told.questions, 1)
    const theirs = await lab.rival<{ rewards: readonly number[]; kl: readonly number[] }>(
      'grpo',
      `grpo-${seed}`,
      { model: lab.talker, data, orders, seed, out: lab.at('trainer'), ...told }
    )
    const ours = steps.map(({ reward = NaN }) => reward)
    curves.push({ seed, ours, theirs: theirs.rewards, beside: { kl: theirs.kl, steps } })
    draw(seed, ours, theirs.rewards)
  }
  const rises = curves.map(({ ours, theirs }) => ({
    ours: riseOf(ours, told.end),
    theirs: riseOf(theirs, told.end)
  }))
  const [ours, theirs] = [mean(rises.map((one) => one.ours)), mean(rises.map((one) => one.theirs))]
  const held: Held[] = [
    ...rises.map((rise, at): Held => ({
      ...{ what: `seed ${curves[at]?.seed ?? 0}: rise of the reward`, ...rise },
      ...{ apart: null, most: 0 }
    })),
    {
      ...{ what: 'rise of the reward, mean (short of what is asked)', ours, theirs },
      ...{ apart: Math.max(0, 0.05 - Math.min(ours, theirs), theirs / 2 - ours), most: 0 }
    }
  ]
  return { held, beside: { told, curves } }
}

const riseOf = (rewards: readonly number[], end: number): number =>
  mean(rewards.slice(-end)) - mean(rewards.slice(0, end))

function draw(seed: number, ours: readonly number[], theirs: readonly number[]): void {
  const shown = (rewards: readonly number[]): string => rewards.map((reward) => reward.toFixed(2)).join(' ')
  console.log(`  seed ${seed}, reward of each update\n    Neiro ${shown(ours)}\n    TRL   ${shown(theirs)}`)
}
