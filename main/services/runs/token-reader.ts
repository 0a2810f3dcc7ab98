// What tokens say to the model of a run: for a training that judges what it says itself, and opens no tokenizer.
import type { ModelShelf } from '../models/model-shelf'
import { readModel } from '../models/read-model'
import type { ModelTexts } from '../tokens/model-texts'
import { jobOf } from './run-model'

export type ReadTokens = (tokens: readonly (readonly number[])[]) => Promise<readonly string[]>

export async function tokenReader(
  runDir: string,
  shelf: ModelShelf,
  modelTexts: ModelTexts
): Promise<ReadTokens> {
  const { open } = await jobOf(runDir, shelf)
  const text = await modelTexts.get(await readModel(open.modelDir, modelTexts))
  return (tokens) => Promise.all(tokens.map((ids) => text.decode(ids)))
}
