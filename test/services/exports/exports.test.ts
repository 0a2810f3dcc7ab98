// Records of exports: failures with their reason, one record a folder, and no folder that is gone. What is
// written and read back is tested with the engine (test/services/exports, test/app).
import { spawn } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync
} from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { NeiroError } from '../../../main/contract/errors'
import { defaultSettings } from '../../../main/contract/settings'
import type { ExportRecord } from '../../../main/contract/window/results'
import { FileRefs } from '../../../main/services/files/file-refs'
import { recipeToYaml } from '../../../main/services/recipes/recipe'
import { cancelled, type Turns } from '../../../main/services/engine/turns'
import { ExportLedger } from '../../../main/services/exports/export-ledger'
import { Exports } from '../../../main/services/exports/exports'
import { resultMark, type TunedModel } from '../../../main/services/runs/tuned-model'
import { runFixture, temporaryFolder } from '../../trainer/run-fixture'

let dir = ''
let told: ExportRecord[] = []
let result: () => unknown
let exports: Exports
/** of what the run has learnt; '': it has no weights here */
let mark = ''
beforeEach(async () => {
  dir = await runFixture()
  const recipe = { name: 'a', model: 'starter', data: ['x'], questions: [], settings: defaultSettings }
  writeFileSync(join(dir, 'recipe.yaml'), recipeToYaml(recipe))
  told = []
  mark = ''
  exports = made(atOnce)
})
const atOnce = { use: async () => result() } as Pick<Turns, 'use'>
function made(turns: Pick<Turns, 'use'>): Exports {
  return new Exports({
    turns: turns as Turns,
    files: new FileRefs(),
    tuned: async () => tuned(dir),
    modelTexts: { get: () => Promise.reject(new Error('nobody asks')) },
    smallFiles: { dirFor: async (place: string) => place },
    origins: { of: async () => null },
    seenIn: async () => null,
    language: () => 'en',
    onChange: (record) => told.push(record)
  })
}
const tuned = (runDir: string | null, isTuned = true): TunedModel =>
  ({
    runDir,
    isTuned,
    ...(mark && { mark }),
    model: { name: 'm', licence: null },
    open: {}
  }) as unknown as TunedModel
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
    check: { prompts: 6, largest: 0, tolerance: 0 }
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

  test('of what the run was before it went on stay beside the new one, and say what they are', async () => {
    mkdirSync(join(dir, 'adapter'), { recursive: true })
    const learns = async (what: string): Promise<void> => {
      writeFileSync(join(dir, 'adapter/adapter_model.safetensors'), what)
      mark = await resultMark(dir)
    }
    await learns('first')
    result = written('o')
    const first = await write('o')
    expect((await write('o')).shownPath).toBe(first.shownPath)
    await learns('second')
    result = written('o-2')
    const second = await write('o')
    expect(second.shownPath).toBe(join(into, 'o-2'))
    expect((await exports.list(place)).map(({ shownPath, older }) => [basename(shownPath), older])).toEqual([
      ['o-2', undefined],
      ['o', { step: expect.any(Number) as number }]
    ])
    const kept = await exports.kept(dir)
    expect((await exports.ofNow(dir, kept)).map((one) => basename(one.dir))).toEqual(['o-2'])
  })

  test('of a failure say why, until it is tried again', async () => {
    result = () => {
      throw new NeiroError('EXPORT_DIFFERS', {
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

  test('of a failure stand before the verified one, which stays as it is', async () => {
    result = written('e')
    const done = await write('e')
    result = () => {
      throw new NeiroError('DISK_FULL', { folder: into })
    }
    const failed = await write('e')
    expect(await exports.list(place)).toEqual([failed, done])
  })

  test('of something unforeseen are failures too', async () => {
    result = () => {
      throw new TypeError('no function')
    }
    expect((await write('d')).error).toMatchObject({ code: 'INTERNAL', details: { reason: 'no function' } })
  })
})

describe('an export that somebody waits for', () => {
  const request = { kind: 'peft', dtype: 'F32', replace: false } as const

  test('stands in the same list as those of the window', async () => {
    result = written('h')
    const done = await exports.write({ ...request, tuned: tuned(dir), out: join(into, 'h') })
    expect(done).toMatchObject({ kind: 'peft', dir: join(into, 'h'), check: { prompts: 6, largest: 0 } })
    expect(await exports.list(place)).toMatchObject([{ id: done.id, state: 'done', sizeBytes: 7 }])
    // the window writes the same folder again: one record of it
    result = written('h')
    await write('h')
    expect((await exports.kept(dir)).map((one) => one.dir)).toEqual([join(into, 'h')])
  })

  test('of an adapter from elsewhere is noted nowhere; the base alone cannot be written', async () => {
    result = written('i')
    await exports.write({ ...request, tuned: tuned(null), out: join(into, 'i') })
    expect(await exports.kept(dir)).toEqual([])
    const base = { ...request, tuned: tuned(null, false), out: join(into, 'j') }
    await expect(exports.write(base)).rejects.toMatchObject({ code: 'ADAPTER_NOT_SAID' })
  })

  test('fails as the window is told that it failed', async () => {
    const failures = [new NeiroError('DISK_FULL', { place: into }), new NeiroError('EXPORT_DIFFERS')]
    for (const failure of failures) {
      result = () => {
        throw failure
      }
      const told = (await write('k')).error
      const asked = exports.write({ ...request, tuned: tuned(dir), out: join(into, 'k') })
      expect(((await asked.catch((error: unknown) => error)) as NeiroError).toData()).toEqual(told)
    }
    const signal = AbortSignal.abort()
    const cut = exports.write({ ...request, tuned: tuned(dir), out: join(into, 'k') }, { signal })
    await expect(cut).rejects.toMatchObject({ code: 'EXPORT_CANCELLED' })
  })
})

describe('an export that waits', () => {
  test('says for whom, and ends at once when it is cancelled', async () => {
    let wait: (by: 'evaluation' | null) => void = () => undefined
    exports = made({
      use: (_model, _work, { signal, onWait } = {}) => {
        wait = onWait ?? wait
        return new Promise((_done, refuse) => signal?.addEventListener('abort', () => refuse(cancelled())))
      }
    })
    const { id } = await exports.start({ place, into, name: 'w', kind: 'peft', dtype: 'F32' })
    await expect.poll(() => (wait('evaluation'), told.at(-1)?.waitsFor)).toBe('evaluation')
    expect(await exports.list(place)).toMatchObject([{ id, state: 'writing', waitsFor: 'evaluation' }])
    exports.cancel(id)
    await expect
      .poll(() => told.at(-1))
      .toMatchObject({ id, state: 'failed', waitsFor: null, error: { code: 'EXPORT_CANCELLED' } })
  })
})

describe('after its process was killed', () => {
  /** The life before: a program that writes this run's export, and dies at that moment. */
  async function died(moment: string, name: string): Promise<void> {
    const ledger = new ExportLedger()
    await ledger.begin(dir, { id: `of ${name}`, kind: 'peft', dtype: 'F32', dir: join(into, name) })
    const program = resolve(import.meta.dirname, '../../files/dies-in-the-middle.mjs')
    const child = spawn(process.execPath, [program, join(into, name), moment], { stdio: 'inherit' })
    expect(await new Promise((ended) => child.on('exit', (_code, by) => ended(by)))).toBe('SIGKILL')
  }
  const hidden = (): string[] => readdirSync(into).filter((name) => name.startsWith('.'))
  const begun = (): unknown => JSON.parse(readFileSync(join(dir, 'exports-begun.json'), 'utf8'))

  test('a first export, half written in the user’s folder, is cleared away and said to be cut off, until the next', async () => {
    await died('half written', 'f')
    expect(hidden()).toHaveLength(1)
    const said = { id: 'of f', kind: 'peft', state: 'failed', error: { code: 'EXPORT_CUT_OFF' } }
    expect(await exports.list(place)).toMatchObject([said])
    expect([hidden(), existsSync(join(into, 'f'))]).toEqual([[], false])
    exports = made(atOnce)
    expect(await exports.list(place)).toMatchObject([said])
    result = written('f')
    const done = await write('f')
    expect((await exports.list(place)).map(({ id }) => id)).toEqual([done.id])
    expect(begun()).toEqual([])
  })

  test('of another kind, it is still said when the next is done', async () => {
    await died('half written', 'l')
    result = written('m')
    await exports.start({ place, into, name: 'm', kind: 'merged', dtype: 'F32' })
    await expect
      .poll(async () => (await exports.list(place)).map(({ kind, state }) => [kind, state]))
      .toEqual([
        ['peft', 'failed'],
        ['merged', 'done']
      ])
  })

  test('in its place but not on the list yet, it is on the list', async () => {
    const kept = {
      ...({ id: 'n', kind: 'peft', dtype: 'F32', dir: join(into, 'n') } as const),
      ...{ sizeBytes: 7, finishedAt: '2026-01-01T00:00:00.000Z', check: { prompts: 6, largest: 0 } }
    }
    const ledger = new ExportLedger()
    await ledger.begin(dir, kept)
    const staging = join(into, 'staging')
    mkdirSync(staging)
    await ledger.whole(dir, staging, kept)
    // killed before the rename
    expect(await exports.list(place)).toMatchObject([{ id: 'n', error: { code: 'EXPORT_CUT_OFF' } }])
    await ledger.begin(dir, kept)
    await ledger.whole(dir, staging, kept)
    // and behind it
    renameSync(staging, join(into, 'n'))
    exports = made(atOnce)
    expect(await exports.list(place)).toMatchObject([{ id: 'n', state: 'done', sizeBytes: 7 }])
    expect(begun()).toEqual([])
  })

  test('of one that another process writes nothing is said', async () => {
    const other = { id: 'o', kind: 'peft', dtype: 'F32', dir: join(into, 'o'), by: process.ppid }
    writeFileSync(join(dir, 'exports-begun.json'), JSON.stringify([other]))
    expect(await exports.list(place)).toEqual([])
    expect(begun()).toEqual([other])
    // as older versions noted it: cleared away, no more
    writeFileSync(join(dir, 'exports-begun.json'), JSON.stringify([join(into, 'p')]))
    expect(await exports.list(place)).toEqual([])
    expect(begun()).toEqual([])
  })

  test('while its record was written, the half of that goes with the next list, and with the next export', async () => {
    const half = (pid: number): string => join(dir, `.exports-begun.json.tmp-${pid}-0123abcd`)
    const left = (): string[] => readdirSync(dir).filter((name) => name.includes('.tmp-'))
    writeFileSync(half(999_999_999), '[')
    writeFileSync(half(process.ppid), '[')
    await exports.list(place)
    // somebody else is at it now
    expect(left()).toEqual([basename(half(process.ppid))])
    rmSync(half(process.ppid))
    writeFileSync(half(999_999_999), '[')
    await new ExportLedger().begin(dir, { id: 'h', kind: 'peft', dtype: 'F32', dir: join(into, 'h') })
    expect(left()).toEqual([])
  })

  test('between the renames, the verified one is back, and keeps its record', async () => {
    result = written('g')
    const done = await write('g')
    writeFileSync(join(into, 'g', 'file'), 'verified')
    await died('between renames', 'g')
    expect(existsSync(join(into, 'g'))).toBe(false)
    exports = made(atOnce)
    expect((await exports.list(place)).map(({ id }) => id)).toEqual(['of g', done.id])
    expect(readFileSync(join(into, 'g', 'file'), 'utf8')).toBe('verified')
    expect(hidden()).toEqual([])
  })
})
