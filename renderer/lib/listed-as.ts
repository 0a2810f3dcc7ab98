// What a list shows: questions and answers, texts with their labels, or texts alone. Of a search without a hit the whole set says
// it. Pure.
import type { ExampleRow } from '../../main/contract/window/data'
import type { KindCounts } from '../../main/contract/records'

export type ListedAs = 'pairs' | 'labels' | 'texts'

export function listedAs(rows: readonly Pick<ExampleRow, 'kind'>[], kinds: KindCounts): ListedAs {
  const are = (kind: 'labelled' | 'text'): boolean =>
    rows.length > 0
      ? rows.every((row) => row.kind === kind)
      : kinds[kind] > 0 && Object.values(kinds).every((count) => count === 0 || count === kinds[kind])
  return are('labelled') ? 'labels' : are('text') ? 'texts' : 'pairs'
}
