// The families by name: the same list as the engine's.
import { readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { settingRows } from '../../../main/contract/settings'
import { addonFile, trainerEntry } from '../../fixtures/places'
import { checkRotation, isEncoder, knownFamilies } from '../../../main/services/models/families'
import { TrainerHost } from '../../../main/services/engine/trainer-host'
import { modelConfig } from '../../golden-runner/cases'
import { engine } from '../../golden-runner/engine'

test('the setting offers every linear layer that a model of any family has', async () => {
  const sets = ['golden', 'golden-2'].map((set) => resolve(import.meta.dirname, '../..', set, 'models'))
  const families = new Set<string>()
  const folders = sets.flatMap((set) => readdirSync(set).map((name) => join(set, name)))
  for (const modelDir of folders) {
    if (!(knownFamilies as readonly unknown[]).includes(modelConfig(modelDir)['model_type'])) continue
    const architectures = modelConfig(modelDir)['architectures'] as string[]
    if (!architectures[0]?.endsWith('ForCausalLM')) continue
    const info = await engine()
      .inspectModel(modelDir)
      .catch((error: unknown) => {
        if ((error as { code?: string }).code !== 'UNSUPPORTED_ROPE') throw error
      })
    if (!info) continue
    const { family, linearModules } = info
    families.add(family)
    expect(settingRows.targetModules.choices).toEqual(expect.arrayContaining(linearModules))
  }
  expect([...families].sort()).toEqual(knownFamilies.filter((family) => !isEncoder(family)).sort())
})

test('readModel knows the families that the engine knows', async () => {
  const host = await TrainerHost.start({ trainerEntry, addonFile })
  expect([...host.probe.families].sort()).toEqual([...knownFamilies].sort())
  await host.stop()
})

test('heads rotated in part are known of the families that have them', () => {
  const part = { rope_parameters: { rope_type: 'default', partial_rotary_factor: 0.5 } }
  expect(() => checkRotation('llama', part)).toThrow('UNSUPPORTED_MODEL field="partial_rotary_factor"')
  expect(() => checkRotation('qwen3', { partial_rotary_factor: 0.25 })).toThrow('UNSUPPORTED_MODEL')
  for (const family of ['glm4', 'phi3']) expect(() => checkRotation(family, part)).not.toThrow()
  expect(() => checkRotation('llama', { partial_rotary_factor: 1, rope_scaling: null })).not.toThrow()
})
