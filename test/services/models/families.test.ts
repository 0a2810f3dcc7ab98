// The families by name: the same list as the engine's.
import { expect, test } from 'vitest'
import { addonFile, trainerEntry } from '../../fixtures/places'
import { knownFamilies } from '../../../main/services/models/families'
import { TrainerHost } from '../../../main/trainer-host'

test('the setting offers every linear layer that a model of any family has', async () => {
  const models = join(root, 'test/golden/models')
  const families = new Set<string>()
  for (const name of readdirSync(models)) {
    const modelDir = join(models, name)
    if (!(knownFamilies as readonly unknown[]).includes(modelConfig(modelDir)['model_type'])) continue
    const architectures = modelConfig(modelDir)['architectures'] as string[]
    if (!architectures[0]?.endsWith('ForCausalLM')) continue
    const { family, linearModules } = await engine().inspectModel(modelDir)
    families.add(family)
    expect(settingRows.targetModules.choices).toEqual(expect.arrayContaining(linearModules))
  }
  expect([...families].sort()).toEqual([...knownFamilies].sort())
})

test('readModel knows the families that the engine knows', async () => {
  const host = await TrainerHost.start({ trainerEntry, addonFile })
  expect([...host.probe.families].sort()).toEqual([...knownFamilies].sort())
  await host.stop()
})
