// How the engine is asked to open a model, by what the method trains.
import { expect, test } from 'vitest'
import { defaultSettings } from '../../../main/contract/settings'
import { trainingOptions } from '../../../main/services/runs/training-options'

const input = { modelDir: '/m', trainLengths: [3, 5], heldOutLengths: [], maxContext: 9, threads: 2 }

test('an adapter is trained with its own settings beside a base as it is wanted', () => {
  const settings = { ...defaultSettings, loraRank: 4, baseQuantization: 'nf4' as const }
  expect(trainingOptions(settings, input)).toMatchObject({
    modelDir: '/m',
    baseQuantization: 'nf4',
    maxTokensPerMicroBatch: 8,
    maxContext: 9,
    threads: 2,
    train: { kind: 'lora', rank: 4, alpha: 32, targetModules: [...settings.targetModules] }
  })
})

test('a whole model is trained as the file holds it, whatever precision an adapter’s base would have', () => {
  const settings = { ...defaultSettings, method: 'full' as const, baseQuantization: 'nf4' as const }
  expect(trainingOptions(settings, input)).toMatchObject({
    baseQuantization: 'none',
    train: { kind: 'full' }
  })
})
