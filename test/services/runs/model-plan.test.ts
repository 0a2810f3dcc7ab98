// A model that only fits with its weights packed says so before it is chosen.
import { expect, test } from 'vitest'
import { defaultSettings } from '../../../main/contract/settings'
import type { Preset } from '../../../main/contract/window/training'
import { modelPlanOf } from '../../../main/services/runs/training'
import { aPlan } from '../../renderer/views'

const preset = (baseQuantization: 'none' | 'nf4'): Preset => ({
  key: 'balanced',
  settings: { ...defaultSettings, baseQuantization },
  part: 1,
  reasons: [],
  plan: aPlan(),
  recommended: true
})

test('packed into 4 bits is said; as in its file is nothing to say', () => {
  expect(modelPlanOf(preset('nf4'))).toEqual({ ...aPlan(), packed: true })
  expect(modelPlanOf(preset('none'))).toEqual(aPlan())
})
