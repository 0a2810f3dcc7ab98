// A run in TRL's words: settings under their names, lessons as the very tokens that would be trained here, and what has no
// word there refused by name.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { disliked, liked, otherAnswer, setOf } from '../../../main/batches/example-set'
import { NeiroError } from '../../../main/contract/errors'
import type { Settings } from '../../../main/contract/settings'
import type { Job } from '../../../main/contract/trainer-protocol'
import { lessonsOf } from '../../../main/services/runners/folder/lesson-lines'
import { learnsOf, trlRecipe, type TrlRecipe } from '../../../main/services/runners/folder/trl-recipe'
import { runFixture } from '../../trainer/run-fixture'

async function translated(
  settings: Partial<Settings>,
  score?: Job['score'],
  judges?: Job['judges']
): Promise<TrlRecipe> {
  const dir = await runFixture({ settings, ...(score && { score }) })
  return trlRecipe({
    ...{ name: 'n', run: 'r', totalSteps: 100, model: { name: 'm', hub: null, sha256: {} } },
    job: { ...(JSON.parse(readFileSync(join(dir, 'job.json'), 'utf8')) as Job), ...(judges && { judges }) },
    lessons: { train: { file: 'data/train.jsonl', examples: 37 } },
    files: {},
    spread: { said: null, usable: 0.85, ways: [] }
  })
}

const codeOf = async (work: () => unknown): Promise<[string, unknown]> => {
  try {
    await work()
  } catch (error) {
    const { code, details } = NeiroError.of(error)
    return [code, details]
  }
  return ['none', {}]
}

describe('settings', () => {
  test('of an adapter are PEFT’s', async () => {
    const { adapter } = await translated({
      loraRank: 8,
      loraAlpha: 24,
      rsLora: true,
      loraDropout: 0.2,
      layers: '0-1'
    })
    expect(adapter).toEqual({
      kind: 'lora',
      arguments: {
        ...{ r: 8, lora_alpha: 24, use_rslora: true, use_dora: false, lora_dropout: 0.2, bias: 'none' },
        ...{ target_modules: 'all-linear', layers_to_transform: [0, 1] }
      }
    })
    expect((await translated({ targetModules: ['q_proj', 'v_proj'] })).adapter?.arguments).toMatchObject({
      target_modules: ['q_proj', 'v_proj']
    })
    expect((await translated({ targetPattern: '.*q_proj' })).adapter?.arguments).toMatchObject({
      target_modules: '.*q_proj'
    })
    expect((await translated({ adapter: 'ia3' })).adapter?.kind).toBe('ia3')
    expect((await translated({ method: 'full' })).adapter).toBeNull()
  })

  test('of the updates are Transformers’', async () => {
    const { training, batch, best } = await translated({
      ...{
        schedule: 'polynomial',
        schedulePower: 2,
        warmupRatio: 0.031,
        evaluationSteps: 0,
        checkpointSteps: 0
      },
      ...{ batchSize: 6, gradientAccumulationSteps: 3, earlyStoppingPatience: 4 }
    })
    expect(training).toMatchObject({
      ...{ max_steps: 100, warmup_steps: 4, eval_steps: 10, save_steps: 10, seed: 7 },
      ...{ lr_scheduler_type: 'polynomial', lr_scheduler_kwargs: { power: 2, lr_end: 1e-7 } }
    })
    expect((await translated({ embeddingNoise: 5 })).training['neftune_noise_alpha']).toBe(5)
    expect(batch).toEqual({ examples: 6, accumulation: 3 })
    expect(best).toEqual({ figure: 'loss', better: 'lower', patience: 4, threshold: 0 })
  })

  test('of a loss are TRL’s', async () => {
    const dpo = await translated({
      method: 'dpo',
      preferenceLoss: 'ipo',
      preferenceBeta: 0.3,
      likelihoodWeight: 0.5
    })
    expect(dpo.loss).toEqual({
      beta: 0.3,
      label_smoothing: 0,
      loss_type: ['ipo', 'sft'],
      loss_weights: [1, 0.5]
    })
    const kto = await translated({ method: 'kto', likedWeight: 2 })
    expect(kto.loss).toEqual({ beta: 0.1, desirable_weight: 2, undesirable_weight: 1 })
    const score = {
      problem: 'single_label_classification' as const,
      labels: ['苦情', '質問'],
      weights: [1, 3]
    }
    expect((await translated({ method: 'classification' }, score)).labels).toEqual({
      problem: 'single_label_classification',
      names: ['苦情', '質問'],
      weights: [1, 3]
    })
  })

  test('of what learns from its own answers are TRL’s, its rules readable', async () => {
    const grpo = await translated({
      ...{
        method: 'grpo',
        policyLoss: 'dr_grpo',
        rewardScale: 'none',
        divergencePrice: 0,
        divergenceLimit: 2
      },
      ...{ rewardLength: '20-', rewardContains: 'です、ます', rewardJson: true, answersPerQuestion: 4 }
    })
    // at no price the model as it was is asked all the same
    expect(grpo.loss).toMatchObject({
      ...{ loss_type: 'dr_grpo', scale_rewards: 'none', beta: 1e-12, use_bias_correction_kl: true }
    })
    expect(grpo.answers).toMatchObject({
      ...{ each: 4, tokens: 128, limit: 2 },
      rules: {
        length: { least: 20, most: null },
        contains: ['です', 'ます'],
        forbidden: null,
        json: true,
        same: false
      }
    })
    expect(grpo).toMatchObject({ learns: 'answers', best: { figure: 'reward', better: 'higher' } })
    const rloo = await translated({ method: 'rloo', rewardSame: true, divergencePrice: 0.1 })
    expect(rloo.loss).toEqual({ beta: 0.1, epsilon: 0.2, normalize_advantages: false })
    expect((await translated({})).answers).toBeNull()
    const program = { program: { file: '/marks.sh', sha256: '', seconds: 1 } }
    expect(await codeOf(() => translated({ method: 'grpo' }, undefined, program))).toEqual([
      'SETTING_NOT_ELSEWHERE',
      { name: 'reward_program' }
    ])
    expect(await codeOf(() => learnsOf('ppo'))).toEqual(['METHOD_NOT_ELSEWHERE', { method: 'ppo' }])
  })

  test('that would be another training there are refused by name', async () => {
    expect(await codeOf(() => translated({ packing: true }))).toEqual([
      'SETTING_NOT_ELSEWHERE',
      { name: 'packing' }
    ])
    expect(await codeOf(() => translated({ method: 'full', decayNorms: true }))).toEqual([
      'SETTING_NOT_ELSEWHERE',
      { name: 'decay_norms' }
    ])
    expect(await codeOf(() => translated({ method: 'kto', batchSize: 1 }))).toEqual([
      'SETTING_NOT_ELSEWHERE',
      { name: 'batch_size' }
    ])
    expect(await codeOf(() => learnsOf('orpo'))).toEqual(['METHOD_NOT_ELSEWHERE', { method: 'orpo' }])
  })
})

describe('lessons', () => {
  const one = (tokens: number[], labels: number[], targets?: number[]) => ({
    tokens: Int32Array.from(tokens),
    labels: Int32Array.from(labels),
    ...(targets && { targets: Float32Array.from(targets) })
  })

  test('of language are tokens and labels as they are', () => {
    const set = setOf([one([1, 5, 6], [-100, 5, 6]), one([1, 7], [-100, 7])])
    expect([...lessonsOf(set, 'language')]).toEqual([
      { input_ids: [1, 5, 6], labels: [-100, 5, 6] },
      { input_ids: [1, 7], labels: [-100, 7] }
    ])
  })

  test('of pairs are what leads there and both answers; what is not learnt behind an answer changes nothing', () => {
    const pair = one([1, 2, 5, 6, 9, 1, 2, 7, 9], [-100, -100, 5, 6, -100, otherAnswer, -100, 7, -100])
    expect([...lessonsOf(setOf([pair]), 'preference')]).toEqual([
      { prompt_ids: [1, 2], chosen_ids: [5, 6], rejected_ids: [7] }
    ])
  })

  test('of pairs with two beginnings, or with a gap in the answer, are refused', async () => {
    const apart = one([1, 2, 5, 1, 3, 7], [-100, -100, 5, otherAnswer, -100, 7])
    const gap = one([1, 5, 6, 7, 1, 8], [-100, 5, -100, 7, otherAnswer, 8])
    for (const pair of [apart, gap])
      expect((await codeOf(() => [...lessonsOf(setOf([pair]), 'preference')]))[0]).toBe('PAIR_NOT_ELSEWHERE')
  })

  test('of points are both texts as they are, to what stands behind the answers', () => {
    const pair = one([1, 2, 5, 9, 1, 2, 7, 9], [-100, -100, 5, -100, otherAnswer, -100, 7, -100])
    expect([...lessonsOf(setOf([pair]), 'points')]).toEqual([
      { chosen_ids: [1, 2, 5, 9], rejected_ids: [1, 2, 7, 9] }
    ])
  })

  test('of own answers are the last question and what the data answer', () => {
    const talk = one([1, 2, 5, 3, 4, 6, 7], [-100, -100, 5, -100, -100, 6, 7])
    expect([...lessonsOf(setOf([talk]), 'answers')]).toEqual([
      { prompt_ids: [1, 2, 5, 3, 4], answer_ids: [6, 7] }
    ])
  })

  test('of single answers carry their verdict', () => {
    const set = setOf([one([1, 2, 5], [liked, -100, 5]), one([1, 2, 6], [disliked, -100, 6])])
    expect([...lessonsOf(set, 'rated')]).toEqual([
      { prompt_ids: [1, 2], completion_ids: [5], label: true },
      { prompt_ids: [1, 2], completion_ids: [6], label: false }
    ])
  })

  test('of sorting carry a number, or one for each label', () => {
    const single = setOf([one([1, 2], [-100, -100], [3])])
    expect([...lessonsOf(single, 'labels', 'single_label_classification')]).toEqual([
      { input_ids: [1, 2], target: 3 }
    ])
    const several = setOf([one([1, 2], [-100, -100], [1, 0, 1])])
    expect([...lessonsOf(several, 'labels', 'multi_label_classification')]).toEqual([
      { input_ids: [1, 2], target: [1, 0, 1] }
    ])
  })
})
