// What a project is advised on: its base alone, the examples that a training would hold out, and those that it would learn.
import { join } from 'node:path'
import { settingRows } from '../../contract/settings'
import type { Projects } from '../projects/projects'
import type { Training } from '../runs/training'
import { readTunedModel, type OpenedHow } from '../runs/tuned-model'
import type { ModelTexts } from '../tokens/model-texts'
import type { AdvicesParts } from './advices'

/** examples that a way without training is measured on and looks things up in */
const most = { heldOut: 200, train: 20_000 } as const

export const adviceSubject =
  (o: {
    readonly projects: Pick<Projects, 'get'>
    readonly training: Pick<Training, 'examplesOf'>
    readonly modelTexts: ModelTexts
    readonly threads: () => number
    readonly device?: OpenedHow['device']
  }): AdvicesParts['subjectOf'] =>
  async (project) => {
    const { dir, file } = await o.projects.get(project)
    const { modelDir, heldOut, train } = await o.training.examplesOf(project, most)
    const { maxSeqLength, lossOn } = settingRows
    const tuned = await readTunedModel(
      {
        ...({ adapterDir: null, trainedDir: null, runDir: null, baseQuantization: 'none' } as const),
        modelDir,
        settings: { maxSeqLength: maxSeqLength.default, lossOn: lossOn.default },
        systemPrompt: file.systemPrompt
      },
      { modelTexts: o.modelTexts, threads: o.threads(), device: o.device }
    )
    return { tuned, examples: heldOut, learnt: train, keptIn: join(dir, 'advice') }
  }
