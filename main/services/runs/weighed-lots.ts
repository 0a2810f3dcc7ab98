// Data sets that count for more or less than others: what is learnt of a file as often as its weight says, evenly and in
// its order, so that the same weights always give the same examples.
import { basename } from 'node:path'
import { NeiroError } from '../../contract/errors'
import type { Example } from '../../contract/records'
import type { ExampleLots } from '../tokens/example-lots'

/** by the names of files */
export type Weights = Readonly<Record<string, number>>

export const mostWeight = 100
export const isWeight = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 && value <= mostWeight

/** Throws WEIGHT_OF_NO_FILE for a name that no example comes from. */
export async function weighedLots(lots: ExampleLots, weights: Weights): Promise<ExampleLots> {
  const names = new Set<string>()
  let count = 0
  const counting = new Weighing(weights)
  for await (const { examples } of lots.lots())
    for (const example of examples) {
      names.add(nameOf(example))
      count += counting.times(example)
    }
  const unknown = Object.keys(weights).find((name) => !names.has(basename(name)))
  if (unknown !== undefined)
    throw new NeiroError('WEIGHT_OF_NO_FILE', { name: unknown, files: [...names].sort().join(', ') })
  return {
    count,
    async *lots() {
      const weighing = new Weighing(weights)
      for await (const { examples } of lots.lots()) {
        const weighed = examples.flatMap((example) => Array<Example>(weighing.times(example)).fill(example))
        if (weighed.length > 0) yield { examples: weighed }
      }
    }
  }
}

const nameOf = ({ source }: Example): string => basename(source.file)

/** How often each example comes; what is left of a weight goes on to the next one of its file. */
class Weighing {
  readonly #left = new Map<string, number>()
  readonly #weights: ReadonlyMap<string, number>

  constructor(weights: Weights) {
    this.#weights = new Map(Object.entries(weights).map(([name, weight]) => [basename(name), weight]))
  }

  times(example: Example): number {
    const name = nameOf(example)
    const due = (this.#left.get(name) ?? 0) + (this.#weights.get(name) ?? 1)
    // a third three times is one, whatever its last digit
    const times = Math.floor(due + 1e-9)
    this.#left.set(name, due - times)
    return times
  }
}
