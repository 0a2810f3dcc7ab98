// Is a list one of texts with their labels, where nobody asks or answers? Of a search without a hit the whole set says it. Pure.
import type { ExampleRow } from '../../main/contract/window/data'
import type { KindCounts } from '../../main/contract/records'

export function listsLabels(rows: readonly Pick<ExampleRow, 'kind'>[], kinds: KindCounts): boolean {
  if (rows.length > 0) return rows.every(({ kind }) => kind === 'labelled')
  return kinds.labelled > 0 && Object.values(kinds).every((count) => count === 0 || count === kinds.labelled)
}
