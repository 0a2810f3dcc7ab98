// A run by the word a user writes for it: its folder, its id, its folder's name, its own name, or "latest".
import { basename, resolve, sep } from 'node:path'
import { NeiroError } from '../contract/errors'
import type { RunView } from '../contract/window/training'
import { nearest } from '../services/recipes/nearest'
import { isRunFolder } from '../services/runs/run-folder'
import type { RunStore } from '../services/runs/run-store'
import type { RunPlace } from '../services/runs/run-view'

export async function findRun(word: string, store: RunStore): Promise<RunView> {
  if (isRunFolder(word)) return store.view(await store.placeAt(word))
  const runs = await store.list()
  if (runs.length === 0) throw new NeiroError('NO_RUNS')
  const found =
    word === 'latest'
      ? runs[0]
      : // the newest of this name, as the list shows it
        (runs.find(({ id }) => id === word) ??
        runs.find(({ dir }) => basename(dir) === word) ??
        runs.find(({ name }) => name === word))
  if (found) return found
  const words = runs.map(({ dir }) => basename(dir))
  throw new NeiroError('NO_SUCH_RUN', { name: word, nearest: nearest(word, words) })
}

/** The word to write for a run in an example command. */
export async function runWord(dir: string, store: Pick<RunStore, 'places'>): Promise<string> {
  return quoted(wordAmong(await store.places(), resolve(dir)))
}

/** Its folder's name, where no other run has the same; its id; of one that is not on the list, the whole folder. */
export function wordAmong(places: readonly RunPlace[], dir: string): string {
  const place = places.find((one) => one.dir === dir)
  if (!place) return dir
  const alike = places.filter((one) => basename(one.dir) === basename(dir))
  return alike.length === 1 ? basename(dir) : place.id
}

/** As a shell takes it back. Backslashes are plain in paths of Windows only. */
export function quoted(text: string): string {
  const plain =
    sep === '\\'
      ? /^[\w@%+=:,./\\\u3040-\u30ff\u3400-\u9fff-]+$/u
      : /^[\w@%+=:,./\u3040-\u30ff\u3400-\u9fff-]+$/u
  if (plain.test(text)) return text
  if (!/["$`!]/.test(text) && (sep === '\\' || !text.includes('\\'))) return `"${text}"`
  return `'${text.replaceAll("'", `'\\''`)}'`
}
