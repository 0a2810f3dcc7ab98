// The families by name: the same list as the engine's.
import { expect, test } from 'vitest'
import { addonFile, trainerEntry } from '../../fixtures/places'
import { knownFamilies } from '../../../main/services/models/families'
import { TrainerHost } from '../../../main/trainer-host'

test('readModel knows the families that the engine knows', async () => {
  const host = await TrainerHost.start({ trainerEntry, addonFile })
  expect([...host.probe.families].sort()).toEqual([...knownFamilies].sort())
  await host.stop()
})
