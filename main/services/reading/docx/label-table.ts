// A table of texts and labels in a document: its header says which column is which, and the labels come again and again.
import { hintedColumn, knownColumn } from '../recognise/column-names'
import { limits } from '../limits'
import type { RawRow } from '../rows'
import type { Block } from './document-blocks'

type Table = Extract<Block, { readonly kind: 'table' }>

/** fewer rows are a list of what labels there are */
const fewestRows = 4

/** Its rows under the names of their columns, those of all such tables; and the blocks that are none. */
export function labelRows(
  blocks: readonly Block[]
): { readonly rows: readonly RawRow[]; readonly others: readonly Block[] } | null {
  const rows: RawRow[] = []
  const others: Block[] = []
  for (const block of blocks) {
    const found = block.kind === 'table' ? rowsOf(block) : null
    if (!found) others.push(block)
    else for (const row of found) rows.push(row)
  }
  return rows.length > 0 ? { rows, others } : null
}

function rowsOf({ rows }: Table): readonly RawRow[] | null {
  const names = (rows[0]?.cells ?? []).map((name) => name.trim().slice(0, limits.name))
  const roles = names.map((name) => knownColumn(name) ?? hintedColumn(name))
  const label = roles.indexOf('label')
  const asked = roles.some((role) => role === 'text' || role === 'question')
  // an answer beside them is what is learnt, unless the user says otherwise; two columns of one name are no table
  const isOther =
    roles.some((role) => role === 'answer' || role === 'output') || new Set(names).size < names.length
  if (label < 0 || !asked || isOther || rows.length <= fewestRows) return null
  const labels = rows.slice(1).map(({ cells }) => cells[label]?.trim() ?? '')
  const kinds = new Set(labels.filter((one) => one !== ''))
  if (kinds.size < 2 || 2 * kinds.size > labels.length) return null
  return rows.slice(1).map(({ line, cells }): RawRow => ({
    kind: 'row',
    row: line,
    values: Object.fromEntries(names.map((name, at) => [name, cells[at] ?? '']))
  }))
}
