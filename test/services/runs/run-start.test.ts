// What a run goes on from: the adapter of another, as big and in the places that it is, and the model that it knows.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { defaultSettings, type Recipe, type Settings } from '../../../main/contract/settings'
import type { ModelShelf } from '../../../main/services/models/model-shelf'
import { readModel } from '../../../main/services/models/read-model'
import { startKeys } from '../../../main/contract/start-keys'
import { checkModel, goingOn, readStart } from '../../../main/services/runs/run-start'
import { tinyModel } from '../../fixtures/tiny-model'
import { runFixture, temporaryFolder } from '../../trainer/run-fixture'

const shelf = {} as ModelShelf
const recipe: Recipe = { name: 'a', model: '', data: ['b'], questions: [], settings: defaultSettings }

async function tunedRun(settings: Partial<Settings>, config: object = {}): Promise<string> {
  const dir = await runFixture({ settings })
  const adapter = join(dir, 'adapter')
  mkdirSync(adapter)
  writeFileSync(join(adapter, 'adapter_config.json'), JSON.stringify(config))
  writeFileSync(join(adapter, 'adapter_model.safetensors'), '')
  return dir
}

test('the adapter of a run stays as big and where it is; the rest is the new recipe’s', async () => {
  const dir = await tunedRun({ loraRank: 3, layers: '0', baseQuantization: 'nf4', learningRate: 1 })
  const start = await readStart(dir, shelf)
  expect(start.adapterDir).toBe(join(dir, 'adapter'))
  const { settings } = goingOn(recipe, start)
  expect(settings).toMatchObject({ loraRank: 3, layers: '0', baseQuantization: 'nf4' })
  expect(settings.learningRate).toBe(defaultSettings.learningRate)
  expect(startKeys).not.toContain('loraDropout')
})

test('one that began as a part of the base goes on as the plain one that was written', async () => {
  const dir = await tunedRun({ loraStart: 'pissa', loraRank: 4 }, { r: 8, lora_alpha: 16 })
  const { settings } = await readStart(dir, shelf)
  expect(settings).toMatchObject({ loraStart: 'noise', loraRank: 8, loraAlpha: 16 })
})

test('only an adapter goes on from an adapter; what has none is refused by name', async () => {
  const start = await readStart(await tunedRun({}), shelf)
  const whole = { ...recipe, settings: { ...defaultSettings, method: 'full' as const } }
  expect(() => goingOn(whole, start)).toThrow(expect.objectContaining({ code: 'START_NEEDS_ADAPTER' }))
  await expect(readStart(temporaryFolder(), shelf)).rejects.toMatchObject({ code: 'NO_ADAPTER_FOLDER' })
  await expect(readStart(await runFixture(), shelf)).rejects.toMatchObject({ code: 'RUN_NOT_READY' })
})

test('another model than the one that it was learnt on is refused', async () => {
  const start = await readStart(await tunedRun({}), shelf)
  const model = await readModel(tinyModel('llama', temporaryFolder()))
  await expect(checkModel(model, { ...start, modelMark: 'another' })).rejects.toMatchObject({
    code: 'OTHER_MODEL'
  })
  await expect(checkModel(model, { ...start, modelMark: null, modelDir: model.dir })).resolves.toBe(undefined)
})
