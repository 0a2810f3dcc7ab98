// The catalogue is true: every model that is called ready has a shape on which the engine counts exactly the parameters
// that its page states, in the engine's own names.
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { mayOpen } from '../../../../main/shell/external-links'
import {
  readCatalogue,
  standingOf,
  type KnownModel
} from '../../../../main/services/models/catalogue/catalogue'
import { licenceKey, licenceOf } from '../../../../main/services/models/catalogue/licences'
import { suggest } from '../../../../main/services/models/catalogue/suggest'
import type { ModelPlan } from '../../../../main/contract/window/training'
import { tensorsOf, writeShapeFolder } from '../../../../main/services/models/catalogue/shape-folder'
import { engine } from '../../../golden-runner/engine'

const place = mkdtempSync(join(tmpdir(), 'neiro-shapes-'))
afterAll(() => rmSync(place, { recursive: true, force: true }))

const catalogue = await readCatalogue(resolve(import.meta.dirname, '../../../../resources/catalogue.json'))
const { models, licences } = catalogue
const shaped = models.filter(({ shape }) => shape)

describe('the catalogue', () => {
  test('names each model once, with a licence that it explains', () => {
    expect(models.length).toBeGreaterThanOrEqual(62)
    expect(new Set(models.map(({ id }) => id)).size).toBe(models.length)
    for (const { licence } of models) expect(licences).toHaveProperty([licence])
    for (const { url } of Object.values(licences)) expect(mayOpen(url), url).toBe(true)
    // what is asked for is said wherever something is
    for (const { use, duties } of Object.values(licences)) expect(duties.length > 0).toBe(use !== 'free')
  })

  test('has a shape for every model of a family that is trained, and begins with Japanese', () => {
    const ready = models.filter((model) => standingOf(model) === 'ready')
    expect(ready.filter(({ shape }) => !shape).map(({ id }) => id)).toEqual([])
    expect(ready.length).toBeGreaterThan(20)
    // words that a dictionary splits first are not split here
    expect(models.find(({ id }) => id === 'tohoku-nlp/bert-base-japanese-v3')).toSatisfy(
      (model: KnownModel) => standingOf(model) === 'coming'
    )
    expect(models.slice(0, 20).every(({ languages }) => languages.includes('ja'))).toBe(true)
  })

  test.each(shaped.map((model) => [model.id, model] as const))(
    '%s is counted as it is',
    async (id, model) => {
      const dir = join(place, id.replace('/', '--'))
      await writeShapeFolder(dir, model, catalogue)
      const info = await engine().inspectModel(dir)
      expect(info.parameters).toBe((model.parameters ?? 0) - (model.shape?.beside ?? 0))
      expect(info.unreadTensors).toEqual([])
      expect(info.storedDtype).toBe(catalogue.families[model.family]?.stored ?? 'BF16')
      // a hole: the size is the model's, and the disk holds the header alone
      const { size, blocks } = statSync(join(dir, 'model.safetensors'))
      expect(size).toBeGreaterThan(2 * info.parameters)
      if (process.platform === 'linux') expect(blocks * 512).toBeLessThan(1e6)
      rmSync(dir, { recursive: true })
    }
  )
})

test('layers that do not attend are spread among those that do', () => {
  const shape = models.find(({ id }) => id === 'LiquidAI/LFM2.5-350M')?.shape
  const family = catalogue.families['lfm2']
  if (!shape || !family) throw new Error('it is gone')
  const attending = tensorsOf(shape, family)
    .map(([name]) => /^model\.layers\.(\d+)\.self_attn\.q_proj/.exec(name)?.[1])
    .filter((layer) => layer !== undefined)
    .map(Number)
  expect(attending).toEqual([2, 5, 7, 10, 13, 15])
})

describe('what is suggested', () => {
  const planOf = (most: number) => async (model: KnownModel) =>
    ({ fit: (model.parameters ?? 0) > most ? 'too-large' : 'fits', seconds: 60 }) as ModelPlan

  test('is, to sort texts, the largest encoder that fits, and never one that only searches', async () => {
    const wanted = { head: 'score', japanese: true } as const
    expect((await suggest(catalogue, wanted, planOf(1e9)))?.id).toBe('sbintuitions/modernbert-ja-310m')
    expect(await suggest(catalogue, wanted, planOf(1e8))).toMatchObject({
      id: 'sbintuitions/modernbert-ja-70m',
      reasons: ['sorts', 'fits', 'minutes', 'free']
    })
    expect(await suggest(catalogue, wanted, planOf(1e6))).toBeNull()
  })

  test('is, to learn a tone, one that writes the language of the data', async () => {
    const tone = { head: 'language', japanese: true } as const
    const found = (id: string | undefined) => models.find((model) => model.id === id)
    const ja = await suggest(catalogue, tone, planOf(4e9))
    const en = await suggest(catalogue, { ...tone, japanese: false }, planOf(4e9))
    expect([found(ja?.id)?.use, found(en?.id)?.use]).toEqual(['ja-chat', 'world-chat'])
    expect(ja?.reasons).toContain('enough')
  })
})

describe('licences', () => {
  test('are known by the codes of model cards; of others nothing is said', () => {
    for (const [code, key] of [
      ['apache-2.0', 'apache-2.0'],
      ['MIT', 'mit'],
      ['llama3.1', 'llama-3.1'],
      ['gemma', 'gemma-terms'],
      ['qwen-research', 'qwen-research']
    ] as const) {
      expect(licenceKey(code)).toBe(key)
      expect(licences).toHaveProperty([key])
    }
    expect(licenceOf('own-licence', licences, {})).toMatchObject({
      key: null,
      use: 'unknown',
      name: 'own-licence'
    })
    expect(licenceOf(null, licences, {}).use).toBe('unknown')
    expect(licenceOf('gemma', licences, { 'gemma-terms': '2026-11-28' })).toMatchObject({
      use: 'conditional',
      agreedOn: '2026-11-28'
    })
  })
})
