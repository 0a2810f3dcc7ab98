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
    train: { kind: 'full', decayAll: false }
  })
  expect(trainingOptions({ ...settings, decayNorms: true }, input).train).toEqual({
    kind: 'full',
    decayAll: true
  })
})

test('noise on what is read is asked for by methods that learn it token by token', () => {
  const noisy = { ...defaultSettings, embeddingNoise: 5 }
  for (const method of ['sft', 'full'] as const)
    expect(trainingOptions({ ...noisy, method }, input)).toMatchObject({ embeddingNoise: 5 })
  expect(trainingOptions({ ...noisy, method: 'dpo' }, input)).not.toHaveProperty('embeddingNoise')
})

test('an adapter that goes on is its own reference, for methods that have one', () => {
  const going = { ...input, startDir: '/run/start' }
  const of = (method: 'sft' | 'dpo' | 'orpo' | 'kto') =>
    trainingOptions({ ...defaultSettings, method }, going)
  for (const method of ['dpo', 'kto'] as const)
    expect(of(method)).toMatchObject({ adapterDir: '/run/start', referenceDir: '/run/start' })
  for (const method of ['sft', 'orpo'] as const) {
    expect(of(method)).toMatchObject({ adapterDir: '/run/start' })
    expect(of(method)).not.toHaveProperty('referenceDir')
  }
})

test('what is learnt in one way is not learnt in another beside it', () => {
  for (const other of [{ loraStart: 'pissa' }, { loraBias: 'all' }] as const)
    expect(() => trainingOptions({ ...defaultSettings, dora: true, ...other }, input)).toThrow(
      expect.objectContaining({ code: 'SETTINGS_TOGETHER' })
    )
})

test('experts do not learn with the usual dropout, and that is said before the engine is asked', () => {
  const experts = { ...defaultSettings, targetParameters: 'down_proj' }
  expect(() => trainingOptions(experts, input)).toThrow(
    expect.objectContaining({ code: 'DROPOUT_OF_EXPERTS', details: { dropout: '0.05' } })
  )
  const { train } = trainingOptions({ ...experts, loraDropout: 0 }, input)
  expect(train).toMatchObject({ targetParameters: ['down_proj'] })
})

test('which layers learn, and how, goes to the engine in its own words; what nobody wrote is left out', () => {
  const places = {
    targetPattern: '.*_proj',
    excludeModules: 'o_proj, mlp.down_proj',
    layers: '0-1, 3',
    wholeModules: 'lm_head'
  }
  const chosen = { excludeModules: ['o_proj', 'mlp.down_proj'], layers: [0, 1, 3], wholeModules: ['lm_head'] }
  const lora = {
    ...defaultSettings,
    ...places,
    dora: true,
    rankPattern: 'q_proj=8',
    alphaPattern: 'q_proj=4',
    trainTokens: '9, 5-6'
  }
  expect(trainingOptions(lora, input).train).toEqual({
    ...{ kind: 'lora', rank: 16, alpha: 32, rsLora: false, dora: true, dropout: 0.05 },
    ...{ start: 'noise', bias: 'none', trainTokens: [5, 6, 9] },
    ...{ rankPattern: { q_proj: 8 }, alphaPattern: { q_proj: 4 } },
    ...{ targetModules: [], targetPattern: '.*_proj', ...chosen }
  })
  expect(trainingOptions({ ...lora, adapter: 'ia3' }, input).train).toEqual({
    ...{ kind: 'ia3', feedforwardModules: ['down_proj'] },
    ...{ targetModules: [], targetPattern: '.*_proj', ...chosen }
  })
  expect(trainingOptions({ ...lora, adapter: 'vera' }, input).train).toEqual({
    ...{ kind: 'vera', rank: 16, dropout: 0.05 },
    ...{ targetModules: [], targetPattern: '.*_proj', ...chosen }
  })
  const plain = trainingOptions(
    { ...defaultSettings, adapter: 'ia3', targetModules: ['k_proj'] },
    input
  ).train
  expect(plain).toEqual({ kind: 'ia3', feedforwardModules: [], targetModules: ['k_proj'] })
})

test('layers are chosen by words or by an expression, not by both', () => {
  const both = { ...defaultSettings, targetPattern: '.*', targetModules: ['q_proj' as const] }
  expect(() => trainingOptions(both, input)).toThrow(expect.objectContaining({ code: 'SETTINGS_TOGETHER' }))
})

test('what stands before examples is told by its size, and taught by nothing but what is written', () => {
  const prompt = { ...defaultSettings, adapter: 'prompt' as const, virtualTokens: 12 }
  expect(trainingOptions(prompt, input).train).toEqual({ kind: 'prompt', virtualTokens: 12 })
  expect(trainingOptions({ ...prompt, adapter: 'p-tuning', encoderWidth: 64 }, input).train).toEqual({
    ...{ kind: 'p-tuning', virtualTokens: 12, encoderWidth: 64 }
  })
  expect(() => trainingOptions({ ...prompt, embeddingNoise: 5 }, input)).toThrow(
    expect.objectContaining({ details: { name: 'adapter: prompt', other: 'embedding_noise' } })
  )
  for (const method of ['dpo', 'kto', 'grpo', 'classification', 'reward', 'multi-task'] as const)
    expect(() => trainingOptions({ ...prompt, method, rewardContains: 'a' }, input)).toThrow(
      expect.objectContaining({
        code: 'SETTINGS_TOGETHER',
        details: { name: 'adapter: prompt', other: `method: ${method}` }
      })
    )
})
