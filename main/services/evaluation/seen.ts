// How many held-out examples stand in what was learnt, too: what they score proves nothing. By the very comparison of the
// check-up, so that both say the same.
import type { Seen } from '../../contract/evaluation'
import type { Example } from '../../contract/records'
import { folded } from '../../metrics/facts'
import { exchangeIn } from '../dataset/set/exchange'
import { rowOf, type CheckedRow } from '../doctor/row'
import { AlikeRows } from '../doctor/whole/alike-rows'
import { Pauses } from '../reading/pauses'
import { readKept } from '../runs/run-data'

export async function seenAmong(examples: readonly Example[], learnt: readonly Example[]): Promise<Seen> {
  const pauses = new Pauses()
  const all = [...learnt, ...examples]
  const row = (at: number): CheckedRow =>
    rowOf({ index: at, example: all[at] as Example, heldOut: at >= learnt.length }, at)
  const alike = new AlikeRows(all.length)
  for (const at of all.keys()) {
    alike.look(row(at))
    await pauses.whenDue()
  }
  const found = await alike.onBothSides(async (places) => places.map(row))
  const count = (part: string): number => found?.finding.parts.find(({ name }) => name === part)?.count ?? 0
  const answers = answersLearnt(examples, learnt)
  return {
    ...{ of: examples.length, exact: count('exact'), near: count('near') },
    ...(answers > 0 && { answers })
  }
}

/** An FAQ gives one answer to many questions: whoever has learnt it by heart scores as if it could write. */
function answersLearnt(examples: readonly Example[], learnt: readonly Example[]): number {
  const known = new Map<string, Set<string>>()
  const said = (example: Example): { readonly question: string; readonly answer: string } | null => {
    const own = example.kind === 'conversation' ? exchangeIn(example) : null
    return own && own.answer !== '' ? { question: folded(own.question), answer: folded(own.answer) } : null
  }
  for (const one of learnt) {
    const own = said(one)
    if (own) known.set(own.answer, (known.get(own.answer) ?? new Set()).add(own.question))
  }
  return examples.filter((one) => {
    const own = said(one)
    const asked = own && known.get(own.answer)
    return asked && !asked.has(own.question)
  }).length
}

/** Of runs; what the last one that was asked about has learnt and kept out never changes. */
export class SeenInRuns {
  #last: { readonly key: string; readonly seen: Promise<Seen | null> } | null = null;

  /** Of these, else of what the run kept out; null where its folder does not say what it learnt. learnt: where somebody has
   *  read it already. Only the command line asks of others than the run kept out, and once. */
  async in(
    runDir: string,
    examples?: readonly Example[],
    learnt?: readonly Example[] | null
  ): Promise<Seen | null> {
    const asked = examples ?? (await readKept(runDir, 'held-out'))
    if (asked === null) return null
    const key = JSON.stringify([runDir, asked.length])
    if (this.#last?.key !== key) {
      const seen = (async () => {
        const known = learnt === undefined ? await readKept(runDir, 'train') : learnt
        return known && seenAmong(asked, known)
      })()
      this.#last = { key, seen }
      // what could not be read is tried again
      seen.catch(() => (this.#last = null))
    }
    return this.#last.seen
  }
}
