// Synthetic examples with the model that the project has chosen: the starter stands in where none was.
import type { Language } from '../../contract/language'
import { starterId } from '../../contract/window/projects'
import { augmentWords } from '../../words/augment'
import type { Turns } from '../engine/turns'
import type { ModelShelf } from '../models/model-shelf'
import type { Projects } from '../projects/projects'
import type { OpenedHow } from '../runs/tuned-model'
import type { ModelTexts } from '../tokens/model-texts'
import { Augmentations, type AugmentationsParts } from './augmentations'
import { baseOf, paraphraserOf } from './paraphraser'

export interface AugmentationsHere extends Pick<AugmentationsParts, 'data' | 'files' | 'tell'> {
  readonly projects: Pick<Projects, 'get'>
  readonly shelf: Pick<ModelShelf, 'dirOf'>
  readonly turns: Turns
  readonly modelTexts: ModelTexts
  readonly threads: () => number
  readonly device?: OpenedHow['device']
  readonly language: () => Language
}

export function augmentationsHere(o: AugmentationsHere): Augmentations {
  const { data, files, tell, projects, shelf, turns, modelTexts } = o
  return new Augmentations({
    ...{ data, files, tell },
    async paraphraserOf(project) {
      const { file } = await projects.get(project)
      const modelDir = await shelf.dirOf(file.modelId ?? starterId)
      return paraphraserOf(
        await baseOf(modelDir, { modelTexts, threads: o.threads(), device: o.device }),
        turns
      )
    },
    fileName: () => augmentWords[o.language()].fileName
  })
}
