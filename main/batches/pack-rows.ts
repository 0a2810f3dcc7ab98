// Examples packed into rows: which go end to end in one call of the engine. Indices only, no tokens.

/** In this order, rows of at most `limit` tokens, with `before` more for each example; a longer example has a row of its own
 *  and is never split. */
export function packRows(
  order: Iterable<number>,
  lengths: readonly number[],
  limit: number,
  before = 0
): number[][] {
  const rows: number[][] = []
  let room = 0
  for (const example of order) {
    const length = (lengths[example] as number) + before
    if (length > room || rows.length === 0) {
      rows.push([])
      room = limit
    }
    rows.at(-1)?.push(example)
    room -= length
  }
  return rows
}
