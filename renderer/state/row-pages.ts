// Lists of the data room come in pages; a list that became shorter shows its last one.

export const rowsPerPage = 50

/** A page of a list; its last one when the list has become shorter than that. */
export async function paged<T extends { readonly total: number }>(
  offset: number,
  ask: (offset: number) => Promise<T>
): Promise<T & { readonly offset: number }> {
  const page = await ask(offset)
  const last = Math.max(0, Math.floor((page.total - 1) / rowsPerPage) * rowsPerPage)
  return offset <= last ? { ...page, offset } : { ...(await ask(last)), offset: last }
}
