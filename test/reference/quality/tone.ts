// Answers learnt by SmolLM2-135M-Instruct: the loss of what is held out, as PEFT's adapter trained by TRL. The same tokens in the
// same order, the adapter begun as each makes it. How many and how fast was chosen beforehand.
import { mean, ordersOf, relative, type Figures, type Held, type Lab, type Part } from './lab'
import { talksOf } from './talks'

const told = { rank: 8, alpha: 16, longest: 256, warmup: 0.05 }
/** characters: of the longest answer */
const sizes = {
  small: { learnt: 24, heldOut: 16, characters: 200, batch: 4, rate: 1e-3 },
  whole: { learnt: 240, heldOut: 40, characters: 400, batch: 8, rate: 2e-4 }
}
const most = 0.005

export async function tone(lab: Lab): Promise<Part> {
  const { learnt, heldOut, batch, rate } = sizes[lab.options.size]
  const [data, beside] = talksOf(lab, sizes[lab.options.size])
  console.log(`${learnt} answers once, ${heldOut} held out`)
  const seeds = lab.seeds(lab.options.size === 'small' ? 1 : 3)
  const recipe = (seed: number): readonly string[] => [
    ...['--model', lab.talker, '--data', data, '--held-out', beside, '--epochs', '1', '--seed', `${seed}`],
    ...['--batch-size', `${batch}`, '--max-seq-length', `${told.longest}`, '--lora-dropout', '0'],
    ...['--lora-rank', `${told.rank}`, '--lora-alpha', `${told.alpha}`, '--learning-rate', `${rate}`],
    ...['--warmup-ratio', `${told.warmup}`, '--base-quantization', 'none', '--compute', 'f32'],
    ...['--evaluation-steps', `${Math.ceil(learnt / batch)}`, '--early-stopping-patience', '0']
  ]
  const mine: (readonly Figures[])[] = []
  for (const seed of seeds) mine.push((await lab.tune(`tone-${seed}`, recipe(seed))).evaluations)
  const rivals = await lab.rival<readonly { before: number; after: number }[]>('tone', 'tone', {
    ...{ model: lab.talker, handed: await lab.handOver('tone', recipe(1)), batch, rate },
    ...{ runs: seeds.map((seed) => ({ seed, orders: ordersOf(learnt, seed, batch, 1) })) },
    ...told
  })
  const runs = seeds.map((seed, at) => ({
    seed,
    before: mine[at]?.[0]?.['loss'] ?? NaN,
    ours: mine[at]?.at(-1)?.['loss'] ?? NaN,
    theirsBefore: rivals[at]?.before ?? NaN,
    theirs: rivals[at]?.after ?? NaN
  }))
  const held: Held[] = [
    relative('before: loss held out', runs[0]?.before ?? NaN, runs[0]?.theirsBefore ?? NaN, 1e-5),
    ...runs.map(({ seed, ours, theirs }) => relative(`seed ${seed}: loss held out`, ours, theirs, most)),
    relative(
      'mean: loss held out',
      mean(runs.map(({ ours }) => ours)),
      mean(runs.map(({ theirs }) => theirs)),
      most
    )
  ]
  return { held, beside: { told, size: sizes[lab.options.size], runs } }
}
