// Whether one place lies in another.
import { isAbsolute, relative } from 'node:path'

/** By their names alone, and not the folder itself. */
export function liesIn(folder: string, place: string): boolean {
  const way = relative(folder, place)
  // on another drive there is no way
  return way !== '' && !way.startsWith('..') && !isAbsolute(way)
}
