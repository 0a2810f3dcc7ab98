// Products in INT8 (compute: int8) beside those in BF16: the same answers learnt in the same order by both, the loss of what is
// held out. What a user would give up for the speed. How many and how fast was chosen beforehand; needs no rival.
import { mean, relative, type Held, type Lab, type Part } from './lab'
import { talksOf } from './talks'

/** characters: of the longest answer */
const sizes = {
  small: { learnt: 48, heldOut: 24, characters: 200, batch: 4 },
  whole: { learnt: 240, heldOut: 40, characters: 400, batch: 8 }
}
const most = 0.01

export async function bytes(lab: Lab): Promise<Part> {
  const { learnt, batch } = sizes[lab.options.size]
  const [data, beside] = talksOf(lab, sizes[lab.options.size])
  const models = { 'SmolLM2-135M': [lab.talker, '2e-4'], starter: ['starter', '1e-3'] } as const
  const held: Held[] = []
  const runs: unknown[] = []
  for (const [name, [model, rate]] of Object.entries(models)) {
    if (lab.options.only && lab.options.only !== name) continue
    const apart: number[] = []
    for (const seed of lab.seeds(3)) {
      const lossOf = async (compute: string): Promise<readonly number[]> => {
        const { evaluations } = await lab.tune(`${name}-${compute}-${seed}`, [
          ...['--model', model, '--data', data, '--held-out', beside, '--epochs', '1', '--seed', `${seed}`],
          ...['--batch-size', `${batch}`, '--max-seq-length', '256', '--learning-rate', rate],
          ...['--lora-rank', '16', '--base-quantization', 'nf4', '--compute', compute],
          ...['--evaluation-steps', `${Math.ceil(learnt / batch)}`, '--early-stopping-patience', '0']
        ])
        return evaluations.map(({ loss }) => loss ?? NaN)
      }
      const [ours, theirs] = [await lossOf('int8'), await lossOf('bf16')]
      runs.push({ name, seed, int8: ours, bf16: theirs })
      held.push(
        relative(`${name}, seed ${seed}: begun at`, ours[0] ?? NaN, theirs[0] ?? NaN, most),
        relative(`${name}, seed ${seed}: held out`, ours.at(-1) ?? NaN, theirs.at(-1) ?? NaN, most)
      )
      apart.push(Math.abs((ours.at(-1) ?? NaN) / (theirs.at(-1) ?? NaN) - 1))
      console.log(`${name}, seed ${seed}: ${ours.join(' -> ')} beside ${theirs.join(' -> ')}`)
    }
    console.log(`${name}: ${(100 * mean(apart)).toFixed(2)} % apart in the mean`)
  }
  return { held, beside: runs }
}
