// Drops as a browser would give them, without one: files by their names, folders as entries that are read a few at
// a time, as real readers do.
import type { Dropped } from '../../renderer/lib/dropped'

export const droppedFiles = (...names: readonly string[]): Dropped => ({
  files: names.map((name) => new File([name], name)),
  inside: async () => null
})

/** { 'a.csv': 'text', 'sub': { ... } }; null: it cannot be read */
export interface Tree {
  readonly [name: string]: string | Tree | null
}

const refused = (): DOMException => new DOMException('', 'NotReadableError')

export function folderEntry(name: string, tree: Tree): FileSystemDirectoryEntry {
  return {
    name,
    isDirectory: true,
    isFile: false,
    createReader() {
      const left = Object.entries(tree).map(([child, inside]) => entry(child, inside))
      return {
        readEntries: (answer: (some: readonly unknown[]) => void) => answer(left.splice(0, 3))
      }
    }
  } as unknown as FileSystemDirectoryEntry
}

function entry(name: string, inside: string | Tree | null): unknown {
  if (inside !== null && typeof inside === 'object') return folderEntry(name, inside)
  return {
    name,
    isDirectory: false,
    isFile: true,
    file: (answer: (file: File) => void, failed: (error: DOMException) => void) =>
      inside === null ? failed(refused()) : answer(new File([inside], name))
  }
}
