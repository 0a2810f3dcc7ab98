// How surely one tuned model has less loss than another: every held-out example measured under each, and the paired bootstrap
// of the difference. What was measured is kept in a sheet and never measured again.
import type { Difference } from '../../contract/evaluation'
import type { Language } from '../../contract/language'
import type { Example } from '../../contract/records'
import { pairedBootstrap } from '../../metrics/intervals'
import type { Turns } from '../engine/turns'
import type { TunedModel } from '../runs/tuned-model'
import { candidatesOf } from './candidates'
import { contestantsOf } from './contestants'
import { evaluate } from './evaluate'
import { openSheet } from './open-sheet'
import type { TokenSum } from './sheet'

/** of each example, by its place; the mean is nllSum / learntTokens */
export type Losses = ReadonlyMap<number, TokenSum>

/** nothing is answered */
const noAnswer = 1

export async function lossesOf(
  subject: { readonly tuned: TunedModel; readonly examples: readonly Example[]; readonly keptIn: string },
  o: { readonly turns: Turns; readonly language: Language; readonly signal: AbortSignal }
): Promise<Losses> {
  const { tuned, examples } = subject
  const candidates = candidatesOf([{ kind: 'tuned' }])
  const opened = await openSheet({ ...subject, maxNewTokens: noAnswer }, candidates, o.language, 0)
  const needed = {
    tuned,
    runOf: () => Promise.resolve(tuned),
    readDocuments: () => Promise.resolve([]),
    learnt: () => Promise.resolve(examples)
  }
  const contestants = await contestantsOf(candidates, needed, noAnswer)
  await evaluate({ ...opened, ...o, contestants, measure: 'all', onLine: () => undefined })
  const losses = new Map<number, TokenSum>()
  for (const item of opened.items) {
    const score = opened.sheet.score(item, 'tuned')
    if (score) losses.set(item.index, score)
  }
  return losses
}

/** Of several models, by their keys, the best first: each measured, and of each other its difference from the first. */
export async function differencesFromFirst<K>(
  keys: readonly K[],
  losses: (key: K) => Promise<Losses>
): Promise<ReadonlyMap<K, Difference | null>> {
  const measured: Losses[] = []
  for (const key of keys) measured.push(await losses(key))
  const [first = new Map(), ...others] = measured
  const differences = await lossDifferences(first, others)
  return new Map(differences.map((one, at) => [keys[at + 1] as K, one]))
}

/** Of each other, its loss less the first one's, over the examples that both have, as wide as holds for every two of them at
 *  once: the first one was chosen among them. null where they share none. */
export async function lossDifferences(
  first: Losses,
  others: readonly Losses[]
): Promise<readonly (Difference | null)[]> {
  const differences: (Difference | null)[] = []
  const together = Math.max(1, (others.length * (others.length + 1)) / 2)
  for (const other of others) {
    const shared = [...first.keys()].filter((index) => other.has(index))
    const counts = (of: Losses): readonly (readonly number[])[] =>
      shared.map((index) => {
        const { nllSum = 0, learntTokens = 0 } = of.get(index) ?? {}
        return [nllSum, learntTokens]
      })
    differences.push(
      shared.length === 0
        ? null
        : await pairedBootstrap(
            counts(first),
            counts(other),
            ([sum = 0, all = 0]) => (all === 0 ? 0 : sum / all),
            {
              together
            }
          )
    )
  }
  return differences
}
