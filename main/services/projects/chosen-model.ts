// The model that a project has chosen, as its data are looked at with.
import type { ChosenModel } from '../dataset/data-sets'
import type { ModelShelf } from '../models/model-shelf'
import { readModel } from '../models/read-model'
import type { ModelTexts } from '../tokens/model-texts'
import { readProjectFile } from './project-file'

/** null while there is none. */
export async function chosenModel(
  dir: string,
  shelf: ModelShelf,
  files: ModelTexts
): Promise<ChosenModel | null> {
  const { modelId, systemPrompt } = await readProjectFile(dir)
  const modelDir = modelId === null ? null : await shelf.dirOf(modelId).catch(() => null)
  if (modelDir === null) return null
  return { model: await readModel(modelDir, files), systemPrompt }
}
