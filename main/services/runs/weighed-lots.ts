// Data sets that count for more or less than others: what is learnt of a file as often as its weight says, evenly and in
// its order, so that the same weights always give the same examples.
import { basename } from 'node:path'
import { NeiroError } from '../../contract/errors'
import type { Example } from '../../contract/records'
import { mostWeight, type Weights } from '../../contract/settings'
import type { FileOfSet } from '../dataset/set/kept-set'
import { noData } from '../reading/file-errors'
import type { ExampleLots } from '../tokens/example-lots'
import type { CountedPart } from './token-counts'

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
      count += counting.times(nameOf(example))
    }
  checkNames(weights, names)
  return {
    count,
    async *lots() {
      const weighing = new Weighing(weights)
      for await (const { examples } of lots.lots()) {
        const weighed = examples.flatMap((example) =>
          Array<Example>(weighing.times(nameOf(example))).fill(example)
        )
        if (weighed.length > 0) yield { examples: weighed }
      }
    }
  }
}

/** The same of examples that are known by their place in a set, whose files follow one another. Throws WEIGHT_OF_NO_FILE,
 *  or NO_DATA where nothing is left. */
export function weighedPart(
  { counted, positions }: CountedPart,
  files: readonly FileOfSet[],
  weights: Weights
): CountedPart {
  checkNames(weights, new Set(files.map(({ name }) => basename(name))))
  let count = 0
  for (const { times } of timesOf(positions, files, weights)) count += times
  if (count === 0) throw noData()
  // of a million, a hundred times each, a list of numbers would be too much
  const weighed = new Uint32Array(count)
  let next = 0
  for (const { at, times } of timesOf(positions, files, weights)) {
    weighed.fill(at, next, next + times)
    next += times
  }
  return { counted, positions: weighed }
}

/** How often each of these positions comes. */
function* timesOf(
  positions: Uint32Array,
  files: readonly FileOfSet[],
  weights: Weights
): Generator<{ readonly at: number; readonly times: number }> {
  const weighing = new Weighing(weights)
  let [file, end] = [-1, 0]
  for (const at of positions) {
    while (at >= end) end += files[++file]?.examples ?? Infinity
    yield { at, times: weighing.times(basename(files[file]?.name ?? '')) }
  }
}

function checkNames(weights: Weights, names: ReadonlySet<string>): void {
  const unknown = Object.keys(weights).find((name) => !names.has(basename(name)))
  if (unknown !== undefined)
    throw new NeiroError('WEIGHT_OF_NO_FILE', { name: unknown, files: [...names].sort().join(', ') })
}

const nameOf = ({ source }: Example): string => basename(source.file)

/** How often each example comes; what is left of a weight goes on to the next one of its file. */
class Weighing {
  readonly #left = new Map<string, number>()
  readonly #weights: ReadonlyMap<string, number>

  constructor(weights: Weights) {
    this.#weights = new Map(Object.entries(weights).map(([name, weight]) => [basename(name), weight]))
  }

  /** of the next example of this file */
  times(name: string): number {
    const due = (this.#left.get(name) ?? 0) + (this.#weights.get(name) ?? 1)
    // a third three times is one, whatever its last digit
    const times = Math.floor(due + 1e-9)
    this.#left.set(name, due - times)
    return times
  }
}
