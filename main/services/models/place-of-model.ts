// What a model's word on the command line or in a recipe means: the built-in one, a place of this PC, or the name under
// which the hub has one that was fetched.
import { resolve } from 'node:path'
import { NeiroError } from '../../contract/errors'
import { starterWord } from '../recipes/recipe'
import { isHubName } from './hub/hub-name'
import { loneGguf } from './model-files'

export interface KnownPlaces {
  readonly starterModelDir: string
  /** where a model of the hub lies; null: it was not fetched */
  readonly fetched: (name: string) => Promise<string | null>
}

/** Its folder or GGUF file. Throws MODEL_TO_FETCH for a name of the hub that is not here. */
export async function placeOfModel(word: string, { starterModelDir, fetched }: KnownPlaces): Promise<string> {
  if (word === starterWord) return starterModelDir
  const path = resolve(word)
  if (!isHubName(word)) return (await loneGguf(path)) ?? path
  const place = await fetched(word)
  if (place === null) throw new NeiroError('MODEL_TO_FETCH', { model: word })
  return place
}
