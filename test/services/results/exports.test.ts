// Records of exports: failures with their reason, one record a folder, and no folder that is gone. What is
// written and read back is tested with the engine (test/services/exports, test/app).
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { NeiroError } from '../../../main/contract/errors'
import { defaultSettings } from '../../../main/contract/settings'
import type { ExportRecord } from '../../../main/contract/window/results'
import { FileRefs } from '../../../main/services/files/file-refs'
import { recipeToYaml } from '../../../main/services/recipes/recipe'
import type { Desk } from '../../../main/services/results/desk'
import { Exports } from '../../../main/services/results/exports'
import type { TunedRun } from '../../../main/services/results/tuned-run'
import { runFixture, temporaryFolder } from '../../trainer/run-fixture'

let dir = ''
let told: ExportRecord[] = []
let result: () => unknown
let exports: Exports
beforeEach(async () => {
  dir = await runFixture()
  const recipe = { name: 'a', model: 'starter', data: ['x'], questions: [], settings: defaultSettings }
  writeFileSync(join(dir, 'recipe.yaml'), recipeToYaml(recipe))
  told = []
  exports = new Exports({
    desk: { use: async () => result() } as unknown as Desk,
    files: new FileRefs(),
    tunedRun: async () => ({ place, model: { name: 'm', licence: null }, open: {} }) as unknown as TunedRun,
    onChange: (record) => told.push(record)
  })
})
const place = {
  id: 'run',
  project: 'p',
  get dir() {
    return dir
  }
}
const into = temporaryFolder()
async function write(name: string): Promise<ExportRecord> {
  const { id } = await exports.start({ place, into, name, kind: 'peft', dtype: 'F32' })
  for (;;) {
    const record = (await exports.list(place)).find((one) => one.id === id)
    if (record?.state === 'done' || record?.state === 'failed') return record
    await new Promise((again) => setTimeout(again, 5))
  }
}
const written = (name: string) => (): unknown => {
  mkdirSync(join(into, name), { recursive: true })
  return {
    dir: join(into, name),
    sizeBytes: 7,
    comparison: { prompts: 6, largestDifference: 0, tolerance: 0 }
  }
}

describe('records', () => {
  test('of what was written stay, also in the next life, as long as the folder does', async () => {
    result = written('a')
    const done = await write('a')
    expect(done).toMatchObject({ state: 'done', sizeBytes: 7, check: { prompts: 6, largest: 0 } })
    result = written('b')
    const newest = await write('b')
    expect((await exports.list(place)).map(({ id }) => id)).toEqual([newest.id, done.id])
    cpSync(join(into, 'a'), join(into, 'kept'), { recursive: true })
    rmSync(join(into, 'a'), { recursive: true })
    expect((await exports.list(place)).map(({ id }) => id)).toEqual([newest.id])
  })

  test('of a failure say why, until it is tried again', async () => {
    result = () => {
      throw new NeiroError('EXPORT_DIFFERS', 'differs', 'again', {
        target: '/x',
        difference: '1',
        tolerance: '0'
      })
    }
    const failed = await write('c')
    expect(failed).toMatchObject({
      state: 'failed',
      error: { code: 'EXPORT_DIFFERS', details: { target: '/x' } }
    })
    expect(told.at(-1)).toEqual(failed)
    result = written('c')
    await write('c')
    expect((await exports.list(place)).map(({ state }) => state)).toEqual(['done'])
  })

  test('of something unforeseen are failures too', async () => {
    result = () => {
      throw new TypeError('no function')
    }
    expect((await write('d')).error).toMatchObject({ code: 'INTERNAL', details: { reason: 'no function' } })
  })
})
