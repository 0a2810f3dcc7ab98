// Whether a file is what it was when somebody looked at it first. Pure.

interface Facts {
  readonly size: number
  readonly mtimeMs: number
}

/** after: null where it is gone. */
export const isAsBefore = (before: Facts, after: Facts | null): boolean =>
  after?.size === before.size && after.mtimeMs === before.mtimeMs
