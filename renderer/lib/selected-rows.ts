// Rows that are ticked in a list of which only a few are at hand: some by their indices, or all but some. Pure.

export interface SelectedRows {
  /** all of what is listed */
  readonly all: boolean
  /** those that are ticked, or of all those that are not */
  readonly indices: readonly number[]
}

export const noRows: SelectedRows = { all: false, indices: [] }
export const allRows: SelectedRows = { all: true, indices: [] }

export const isSelected = ({ all, indices }: SelectedRows, index: number): boolean =>
  indices.includes(index) !== all

export function ticked({ all, indices }: SelectedRows, index: number, on: boolean): SelectedRows {
  const others = indices.filter((one) => one !== index)
  return { all, indices: on === all ? others : [...others, index] }
}

/** total: of what is listed */
export const selectedCount = ({ all, indices }: SelectedRows, total: number): number =>
  all ? total - indices.length : indices.length
