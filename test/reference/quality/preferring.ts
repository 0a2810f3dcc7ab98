// The demo sets of preferences with SmolLM2-135M-Instruct: margins and loss of what is held out, as TRL's DPO and KTO. Both begin
// with the same adapter and read the same tokens in the same order; how many, how long and how fast was chosen beforehand.
import { readFileSync } from 'node:fs'
import { relative, type Held, type Lab, type Part } from './lab'

interface Turn {
  readonly from: string
  readonly value: string
}
interface PairRow {
  readonly conversations: readonly Turn[]
  readonly chosen: Turn
  readonly rejected: Turn
}
interface RatedRow {
  readonly messages: readonly { readonly role: string; readonly content: string }[]
  readonly label: boolean
}

const told = { beta: 0.1, rank: 8, alpha: 16, longest: 512, warmup: 0.1, seed: 7 }
/** characters: of the longest row; rows: that are learnt, at most */
const sizes = {
  small: {
    dpo: { characters: 800, rows: 12, heldOut: 8, batch: 2, rate: 1e-3 },
    kto: { characters: 500, rows: 24, heldOut: 8, batch: 4, rate: 1e-3 }
  },
  whole: {
    dpo: { characters: 1600, rows: Infinity, heldOut: 16, batch: 4, rate: 2e-4 },
    kto: { characters: 1600, rows: Infinity, heldOut: 32, batch: 4, rate: 2e-4 }
  }
} as const
const most = 0.01
const lengthOf = (texts: readonly string[]): number => texts.reduce((sum, text) => sum + text.length, 0)

export async function preferring(lab: Lab): Promise<Part> {
  const size = sizes[lab.options.size]
  const read = (name: string): unknown =>
    JSON.parse(readFileSync(lab.shared('en-llamafactory', name), 'utf8'))
  const pairs = (read('dpo_en_demo.json') as PairRow[]).filter(({ conversations, chosen, rejected }) => {
    const asked = lengthOf(conversations.map(({ value }) => value))
    return asked + Math.max(chosen.value.length, rejected.value.length) <= size.dpo.characters
  })
  const rated = mixed(
    (read('kto_en_demo.json') as RatedRow[]).filter(
      ({ messages }) => lengthOf(messages.map(({ content }) => content)) <= size.kto.characters
    )
  )
  const held: Held[] = []
  const beside: object[] = []
  for (const [method, rows] of [['dpo', pairs] as const, ['kto', rated] as const]) {
    if (lab.options.only !== null && lab.options.only !== method) continue
    const { rows: mostRows, heldOut, batch, rate } = size[method]
    const split = Math.min(mostRows, rows.length - heldOut)
    // updates of one size: a smaller one at the end would be another update to TRL
    const learnt = rows.slice(0, split - (split % batch))
    const steps = learnt.length / batch
    console.log(`${method}: ${learnt.length} rows once, ${heldOut} held out`)
    const recipe = [
      ...['--model', lab.talker, '--method', method, '--data', lab.lines(`${method}.jsonl`, learnt)],
      ...[
        '--held-out',
        lab.lines(`${method}-held-out.jsonl`, rows.slice(split, split + heldOut)),
        '--epochs',
        '1'
      ],
      ...['--batch-size', `${batch}`, '--max-seq-length', `${told.longest}`, '--lora-rank', `${told.rank}`],
      ...['--lora-alpha', `${told.alpha}`, '--preference-beta', `${told.beta}`, '--learning-rate', `${rate}`],
      ...[
        '--warmup-ratio',
        `${told.warmup}`,
        '--evaluation-steps',
        `${steps}`,
        '--early-stopping-patience',
        '0'
      ],
      ...['--seed', `${told.seed}`, '--base-quantization', 'none', '--compute', 'f32']
    ]
    const { evaluations, steps: updates } = await lab.tune(method, recipe)
    const handed = await lab.handOver(method, recipe)
    const theirs = await lab.rival<{ loss: number; rewardMargin: number; losses: readonly number[] }>(
      'preferring',
      method,
      { method, model: lab.talker, handed, batch, rate, ...told }
    )
    const ours = evaluations.at(-1) ?? {}
    beside.push({ method, rows: learnt.length, ours: { evaluations, updates }, theirs })
    for (const figure of ['loss', 'rewardMargin'] as const)
      held.push(relative(`${method}: ${figure} held out`, ours[figure] ?? NaN, theirs[figure], most))
  }
  return { held, beside: { told, size, runs: beside } }
}

/** Liked and disliked in turn: in the file all of one kind stand first. */
function mixed(rows: readonly RatedRow[]): readonly RatedRow[] {
  const [good, bad] = [rows.filter(({ label }) => label), rows.filter(({ label }) => !label)]
  return good.slice(0, bad.length).flatMap((row, at) => [row, bad[at] as RatedRow])
}
