// What is served beside one base: room for what an adapter puts before each conversation is everybody's.
import { expect, test } from 'vitest'
import type { Model } from '../../../main/services/models/read-model'
import type { TunedModel, TunedModelParts } from '../../../main/services/runs/tuned-model'
import { engineOptions } from '../../../main/services/models/open-model'
import { servedSet, type Candidate } from '../../../main/services/serving/served-models'

const model = { name: 'base', dir: '/base', modelType: 'llama', maxPositionEmbeddings: 512 } as Model

/** before: what the adapter of a run puts before each conversation, by the folder of the adapter. */
const read =
  (before: Readonly<Record<string, number>>) =>
  async (parts: TunedModelParts): Promise<TunedModel> => {
    const rows = before[parts.adapterDir ?? '']
    const open = { modelDir: '/base', baseQuantization: 'none', threads: 1, device: 'cpu' }
    return { model, open: { ...open, ...(rows !== undefined && { before: rows }) } } as unknown as TunedModel
  }
const run = (id: string): Candidate => ({
  view: { id, name: id, createdAt: `2026-01-0${id}T00:00:00Z`, project: null },
  projectName: null,
  parts: {
    ...{ modelDir: '/base', adapterDir: `/${id}`, trainedDir: null, baseQuantization: 'none' },
    ...{ settings: { maxSeqLength: 64, lossOn: 'responses' }, systemPrompt: '', runDir: null }
  }
})

test.each([
  [{}, 512, 512, 256],
  [{ '/2': 20 }, 492, 512, 276],
  [{ '/1': 5, '/2': 20 }, 492, 512, 276]
])('%j leaves %i tokens of a conversation', async (before, room, context, chunk) => {
  const wanted = { modelDir: '/base', baseQuantization: 'none', runs: null } as const
  const { open, models } = await servedSet([run('1'), run('2')], wanted, {
    read: read(before),
    positions: () => Promise.resolve(512),
    ...{ conversations: 4, maxContext: 2048 }
  })
  expect(models).toHaveLength(3)
  expect(open.maxContext).toBe(room)
  expect(engineOptions(open)).toMatchObject({ maxContext: context, maxTokensPerMicroBatch: chunk })
})
