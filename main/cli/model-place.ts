// Where the model that was named on the command line or in a recipe lies.
import { placeOfModel } from '../services/models/place-of-model'
import type { Context } from './context'

export const modelPlace = (
  word: string,
  { parts, places: { starterModelDir } }: Pick<Context, 'parts' | 'places'>
): Promise<string> => placeOfModel(word, { starterModelDir, fetched: parts.models.fetched })
