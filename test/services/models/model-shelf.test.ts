// The list of models: the starter first, folders added and taken off, and what each folder says of itself.
import { mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import type { ModelInfo } from '../../../addon/index'
import { originsIn } from '../../../main/services/models/origins'
import { ModelShelf } from '../../../main/services/models/model-shelf'
import { LoadedModelText } from '../../../main/services/tokens/loaded-model-text'
import { ModelTexts } from '../../../main/services/tokens/model-texts'
import { ScriptedHost } from '../../fixtures/scripted-host'
import { tinyModel } from '../../fixtures/tiny-model'

let home = ''
let starter = ''
let engine: ScriptedHost
const shelf = (): ModelShelf =>
  new ModelShelf({
    home: home,
    starterModelDir: starter,
    engine,
    modelTexts: new ModelTexts(LoadedModelText.load)
  })
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'neiro-shelf-'))
  starter = tinyModel('llama', home)
  engine = new ScriptedHost({
    inspectModel: () =>
      ({ parameters: 133_440, unreadTensors: ['score.weight'] as readonly string[] }) as ModelInfo
  })
})

describe('the shelf', () => {
  test('holds the starter alone at first', async () => {
    const [card, ...others] = await shelf().list()
    expect(others).toEqual([])
    expect(card).toMatchObject({
      id: 'starter',
      builtIn: true,
      name: basename(starter),
      family: 'llama',
      parameters: 133_440,
      storedDtype: 'F32',
      hasTemplate: true,
      writes: true,
      losesCharacters: [],
      doubts: [{ code: 'UNREAD_TENSORS', details: { count: '1', tensors: 'score.weight' } }],
      maxPositionEmbeddings: 256,
      layers: ['q_proj', 'k_proj', 'v_proj', 'o_proj', 'gate_proj', 'up_proj', 'down_proj'],
      error: null
    })
    expect(await shelf().dirOf('starter')).toBe(starter)
  })

  test('keeps what was added over the end of the app, each once, until it is taken off', async () => {
    const qwen = tinyModel('qwen2', home)
    const first = shelf()
    const [card, other] = await Promise.all([first.add(qwen), first.add(tinyModel('mistral', home))])
    await first.add(qwen)
    const later = shelf()
    const ids = (await later.list()).map(({ id }) => id)
    expect(ids).toHaveLength(3)
    expect(ids[0]).toBe('starter')
    expect(new Set(ids)).toEqual(new Set(['starter', card.id, other.id]))
    expect(await later.dirOf(card.id)).toBe(qwen)
    expect(await later.nameOf(card.id)).toBe(basename(qwen))
    await later.remove(card.id)
    expect((await shelf().list()).map(({ id }) => id)).toEqual(['starter', other.id])
    await expect(shelf().dirOf(card.id)).rejects.toMatchObject({ code: 'MODEL_GONE' })
    expect(await shelf().nameOf(card.id)).toBeNull()
    // the folder itself is the user's
    expect((await later.add(qwen)).id).toBe(card.id)
  })

  test('a folder that is no model is not added, and says why', async () => {
    const dir = mkdtempSync(join(home, 'empty-'))
    await expect(shelf().add(dir)).rejects.toMatchObject({ code: 'NO_WEIGHTS' })
    expect(await shelf().list()).toHaveLength(1)
  })

  test('a folder that went shows its error, and is well again when it comes back', async () => {
    const dir = tinyModel('qwen3', home)
    const kept = shelf()
    await kept.add(dir)
    renameSync(dir, `${dir}-away`)
    const [, gone] = await kept.list()
    expect(gone).toMatchObject({ name: basename(dir), error: { code: 'NO_MODEL_FOLDER', details: { dir } } })
    renameSync(`${dir}-away`, dir)
    expect((await kept.list())[1]?.error).toBeNull()
  })

  test('a folder is read again only when it has changed', async () => {
    const kept = shelf()
    await kept.list()
    await kept.list()
    expect(engine.callsOf('inspectModel')).toHaveLength(1)
    writeFileSync(join(starter, 'README.md'), '---\nlicense: mit\nlanguage: ja\n---\n')
    expect((await kept.list())[0]).toMatchObject({ licence: 'mit', languages: ['ja'] })
  })

  test('the licence of a fetched model is that of its page where its folder says none', async () => {
    const licence = { key: 'apache-2.0', name: 'Apache 2.0', url: null, duties: [], agreedOn: null }
    const fetched = { model: 'a/b', revision: 'main', from: 'hub', licence }
    await originsIn(home).change((all) => all.set(starter, fetched))
    expect((await shelf().list())[0]?.licence).toBe('apache-2.0')
    writeFileSync(join(starter, 'README.md'), '---\nlicense: mit\n---\n')
    expect((await shelf().list())[0]?.licence).toBe('mit')
  })

  // reading this process's own memory from its start is refused with EIO, as a failing disk refuses
  test.skipIf(process.platform !== 'linux')('a folder whose disk fails is a card that says so', async () => {
    const dir = tinyModel('qwen2', home)
    const kept = shelf()
    const { id } = await kept.add(dir)
    rmSync(join(dir, 'config.json'))
    symlinkSync('/proc/self/mem', join(dir, 'config.json'))
    const [first, failed] = await kept.list()
    expect(first?.error).toBeNull()
    expect(failed).toMatchObject({
      id,
      error: { code: 'MODEL_NOT_READABLE', details: { file: join(dir, 'config.json'), reason: 'EIO' } }
    })
    await kept.remove(id)
    expect(await kept.list()).toHaveLength(1)
  })

  test('a folder that fails in a way nobody foresaw leaves the others on the list', async () => {
    const dir = tinyModel('qwen2', home)
    await shelf().add(dir)
    engine = new ScriptedHost({
      inspectModel: ({ modelDir }: { modelDir: string }) => {
        if (modelDir === dir) throw new TypeError('odd')
        return { parameters: 1, unreadTensors: [] as readonly string[] } as ModelInfo
      }
    })
    const [first, odd] = await shelf().list()
    expect([first?.error, odd?.error?.code]).toEqual([null, 'MODEL_NOT_READABLE'])
  })

  test('what was taken off comes back to its place, also when it cannot be used', async () => {
    const kept = shelf()
    const dirs = [tinyModel('qwen2', home), tinyModel('mistral', home), tinyModel('qwen3', home)]
    const ids: string[] = []
    for (const dir of dirs) ids.push((await kept.add(dir)).id)
    const second = ids[1] ?? ''
    await kept.remove(second)
    rmSync(dirs[1] ?? '', { recursive: true })
    await kept.restore(second)
    expect((await shelf().list()).map(({ id }) => id)).toEqual(['starter', ...ids])
    await expect(kept.restore(second)).rejects.toMatchObject({ code: 'MODEL_GONE' })
    await expect(kept.restore('starter')).rejects.toMatchObject({ code: 'MODEL_GONE' })
  })

  test('a torn list is an empty one', async () => {
    writeFileSync(join(home, 'models.json'), '["/a')
    expect(await shelf().list()).toHaveLength(1)
    rmSync(join(home, 'models.json'))
    expect(await shelf().list()).toHaveLength(1)
  })
})
