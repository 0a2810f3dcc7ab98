// A run by the word a user writes for it: its folder, its id, its folder's name, its own name, or "latest".
import { basename, resolve, sep } from 'node:path'
import { NeiroError } from '../contract/errors'
import type { RunView } from '../contract/window/training'
import { nearest } from '../services/recipes/nearest'
import { isRunFolder } from '../services/runs/run-folder'
import type { RunStore } from '../services/runs/run-store'
import type { RunPlace } from '../services/runs/run-view'
import { runNameIn } from '../words/run-name'

export async function findRun(word: string, store: RunStore): Promise<RunView> {
  if (isRunFolder(word)) return store.view(await store.placeAt(word))
  const runs = await store.list()
  if (runs.length === 0) throw new NeiroError('NO_RUNS')
  const found = word === 'latest' ? runs[0] : runs.find(({ id }) => id === word)
  if (found) return found
  const byFolder = runs.filter(({ dir }) => basename(dir) === word)
  const called = byFolder.length > 0 ? byFolder : runs.filter(({ name }) => namesOf(name).includes(word))
  if (called.length > 1) throw await ambiguous(word, called, store)
  if (called[0]) return called[0]
  const words = runs.map(({ dir }) => basename(dir))
  throw new NeiroError('NO_SUCH_RUN', { name: word, nearest: nearest(word, words) })
}

/** A name that Neiro made is shown in the language of who looks: each of them can be typed. */
const namesOf = (name: string): readonly string[] => [name, runNameIn(name, 'ja'), runNameIn(name, 'en')]

/** Which one is meant only the user knows: each with its project and the word that means it alone. */
async function ambiguous(
  word: string,
  called: readonly RunView[],
  store: Pick<RunStore, 'projectNames'>
): Promise<NeiroError> {
  const names = await store.projectNames()
  const runs = called.map(({ id, dir, project }) => `${id} (${names.get(project ?? '') ?? dir})`)
  return new NeiroError('SEVERAL_SUCH_RUNS', { name: word, runs: runs.join(', ') })
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
