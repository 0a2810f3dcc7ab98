// What a list shows: questions and answers, texts with their labels, or texts alone. What the goal learns from decides, where any
// of it is there; of a search without a hit the whole set says it. Pure.
import type { ExampleRow } from '../../main/contract/window/data'
import type { KindCounts } from '../../main/contract/records'

export type ListedAs = 'pairs' | 'labels' | 'texts'

export function listedAs(
  rows: readonly Pick<ExampleRow, 'kind'>[],
  kinds: KindCounts,
  learnt: readonly ExampleRow['kind'][]
): ListedAs {
  const used = rows.filter(({ kind }) => learnt.includes(kind))
  const listed = used.length > 0 ? used : rows
  const counts = Object.entries(kinds) as [ExampleRow['kind'], number][]
  const isUsed = counts.some(([kind, count]) => count > 0 && learnt.includes(kind))
  const are = (kind: 'labelled' | 'text'): boolean =>
    listed.length > 0
      ? listed.every((row) => row.kind === kind)
      : kinds[kind] > 0 &&
        counts.every(([own, count]) => count === 0 || own === kind || (isUsed && !learnt.includes(own)))
  return are('labelled') ? 'labels' : are('text') ? 'texts' : 'pairs'
}
