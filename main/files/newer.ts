// What a newer Neiro wrote: its files say a version that this one does not know. They are left as they are, and never taken
// for damaged ones.

/** stored: what stands in a file, whatever it is. */
export function isNewer(stored: unknown, known: number): boolean {
  const version = (stored as { readonly version?: unknown } | null)?.version
  return typeof version === 'number' && version > known
}
