// References of files: a page names only what was handed over; the window's own browser shows what fits.
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { ChooseKind } from '../../../main/contract/window/app'
import { knownExtensions } from '../../../main/services/reading/formats'
import { FileRefs } from '../../../main/services/files/file-refs'
import { ownFolder } from '../../fixtures/own-folder'

describe('a reference', () => {
  test('shows the path and leads back to it; the same path, however written, has one', async () => {
    const dir = ownFolder()
    const path = join(dir, '見本.csv')
    writeFileSync(path, '12345')
    const refs = new FileRefs()
    const ref = await refs.add(path)
    expect(ref).toMatchObject({ name: '見本.csv', size: 5, folder: false, shownPath: path })
    expect(refs.pathOf(ref.id)).toBe(path)
    expect((await refs.add(`${dir}/./見本.csv`)).id).toBe(ref.id)
    const folder = await refs.add(dir)
    expect(folder).toMatchObject({ size: 0, folder: true })
    expect((await refs.add(`${dir}/`)).id).toBe(folder.id)
    expect((await refs.add('/')).name).toBe('/')
  })

  test('tells nothing of the path in its id', async () => {
    const dir = ownFolder()
    const [one, other] = [await new FileRefs().add(dir), await new FileRefs().add(dir)]
    expect(one.id).not.toBe(other.id)
    expect(one.id).toMatch(/^[\w.-]{20,120}$/)
  })

  test('a folder says whether it is of the kind that is chosen; home is among the places', async () => {
    const dir = ownFolder()
    const refs = new FileRefs()
    const { id } = await refs.add(dir)
    const fits = async (kind: ChooseKind): Promise<boolean> => (await refs.browse(id, kind)).fits
    const kinds = ['data-folder', 'model-folder', 'project-folder', 'export-folder'] as const
    const all = (): Promise<boolean[]> => Promise.all(kinds.map(fits))
    expect(await all()).toEqual([false, false, false, true])
    writeFileSync(join(dir, 'config.json'), '{}')
    expect(await all()).toEqual([true, true, false, true])
    writeFileSync(join(dir, 'project.json'), '{}')
    expect(await all()).toEqual([true, true, true, true])
    expect((await refs.browse(id, 'data-folder')).places[0]).toMatchObject({
      kind: 'home',
      ref: { shownPath: homedir() }
    })
  })

  test('of what is not there is refused by name', async () => {
    const path = join(ownFolder(), 'gone.csv')
    await expect(new FileRefs().add(path)).rejects.toMatchObject({
      code: 'FILE_GONE',
      details: { file: 'gone.csv' }
    })
  })

  test.each(['', 'unknown', '/etc/passwd', '../..', '__proto__', 'constructor'])('%j leads nowhere', (id) => {
    expect(() => new FileRefs().pathOf(id)).toThrow(
      expect.objectContaining({ code: 'FILE_UNKNOWN' }) as Error
    )
  })
})

describe('the browser', () => {
  async function names(kind: ChooseKind, dir: string): Promise<string[]> {
    const refs = new FileRefs()
    const { entries } = await refs.browse((await refs.add(dir)).id, kind)
    return entries.map(({ name }) => name)
  }

  function furnished(): string {
    const dir = ownFolder()
    for (const folder of ['b', 'あ', '.git']) mkdirSync(join(dir, folder))
    for (const file of [
      '2.XLSX',
      '1.csv',
      'い.jsonl',
      'model.safetensors',
      'config.json',
      'project.json',
      'a.exe',
      '.x.csv'
    ])
      writeFileSync(join(dir, file), '')
    return dir
  }

  test('shows folders first, then the files of the purpose, and nothing hidden', async () => {
    const dir = furnished()
    expect(await names('data-files', dir)).toEqual([
      'b',
      'あ',
      '1.csv',
      '2.XLSX',
      'config.json',
      'project.json',
      'い.jsonl'
    ])
    expect(await names('model-folder', dir)).toEqual([
      'b',
      'あ',
      'config.json',
      'model.safetensors',
      'project.json'
    ])
    expect(await names('project-folder', dir)).toEqual(['b', 'あ', 'project.json'])
    expect(await names('export-folder', dir)).toEqual(['b', 'あ'])
  })

  test('shows every kind of file that can be read as data', async () => {
    const dir = ownFolder()
    for (const extension of knownExtensions) writeFileSync(join(dir, `a${extension}`), '')
    expect((await names('data-files', dir)).length).toBe(knownExtensions.length)
  })

  test('follows links; a link that leads nowhere is not shown', async () => {
    const dir = ownFolder()
    const to = join(ownFolder(), 'データ')
    mkdirSync(to)
    writeFileSync(join(to, 'a.csv'), '')
    symlinkSync(to, join(dir, 'folder'))
    symlinkSync(join(to, 'a.csv'), join(dir, 'a.csv'))
    symlinkSync(join(to, 'none.csv'), join(dir, 'none.csv'))
    symlinkSync(join(dir, 'round.csv'), join(dir, 'round.csv'))
    expect(await names('data-files', dir)).toEqual(['folder', 'a.csv'])
  })

  test('goes up and down by references alone, and ends at the root', async () => {
    const dir = furnished()
    const refs = new FileRefs()
    const here = await refs.browse((await refs.add(dir)).id, 'export-folder')
    const down = await refs.browse(here.entries[0]?.id ?? '', 'export-folder')
    expect(down.here.shownPath).toBe(join(dir, 'b'))
    expect(down.parent?.id).toBe(here.here.id)
    expect(here.parent?.shownPath).toBe(dirname(dir))
    expect((await refs.browse((await refs.add('/')).id, 'export-folder')).parent).toBeNull()
  })

  test('begins at home, and refuses what was never shown', async () => {
    const refs = new FileRefs()
    expect((await refs.browse(null, 'export-folder')).here.shownPath).toBe(homedir())
    await expect(refs.browse('/etc', 'export-folder')).rejects.toMatchObject({ code: 'FILE_UNKNOWN' })
  })

  test('shows hidden things when it is asked to', async () => {
    const refs = new FileRefs()
    const { id } = await refs.add(furnished())
    const { entries } = await refs.browse(id, 'export-folder', { hidden: true })
    expect(entries.map(({ name }) => name)).toEqual(['.git', 'b', 'あ'])
  })

  test('goes to a place that was typed: a folder, the folder of a file, the home folder', async () => {
    const dir = furnished()
    const refs = new FileRefs()
    const at = async (path: string): Promise<string> =>
      (await refs.browse(null, 'data-files', { path })).here.shownPath
    expect(await at(dir)).toBe(dir)
    expect(await at(join(dir, '1.csv'))).toBe(dir)
    expect(await at(`${dir}/b/..`)).toBe(dir)
    expect(await at('~')).toBe(homedir())
    await expect(at(join(dir, 'nowhere'))).rejects.toMatchObject({
      code: 'FOLDER_UNREADABLE',
      details: { folder: join(dir, 'nowhere') }
    })
  })

  test('says how many more there are than it shows', async () => {
    const dir = ownFolder()
    for (let n = 0; n < 1007; n++) writeFileSync(join(dir, `${n}.csv`), '')
    writeFileSync(join(dir, 'other.exe'), '')
    const refs = new FileRefs()
    const { entries, more } = await refs.browse((await refs.add(dir)).id, 'data-files')
    expect([entries.length, more]).toEqual([1000, 7])
  })

  test('makes a folder in the one that is shown, once, and nowhere else', async () => {
    const dir = ownFolder()
    const refs = new FileRefs()
    const { id } = await refs.add(dir)
    const made = await refs.makeFolder(id, ' 持ち出し ')
    expect(made).toMatchObject({ name: '持ち出し', folder: true, shownPath: join(dir, '持ち出し') })
    await expect(refs.makeFolder(id, '持ち出し')).rejects.toMatchObject({ code: 'FOLDER_EXISTS' })
    for (const name of ['..', '.', ' ', 'a/b', 'a\\b', 'a\u0000', 'あ'.repeat(90)])
      await expect(refs.makeFolder(id, name)).rejects.toMatchObject({ code: 'BAD_FOLDER_NAME' })
    await expect(refs.makeFolder('/tmp', 'x')).rejects.toMatchObject({ code: 'FILE_UNKNOWN' })
    expect((await refs.browse(id, 'export-folder')).entries.map(({ name }) => name)).toEqual(['持ち出し'])
  })

  test('says what cannot be opened: a file, a folder that is gone', async () => {
    const dir = furnished()
    const refs = new FileRefs()
    const [file, folder] = [await refs.add(join(dir, '1.csv')), await refs.add(join(dir, 'b'))]
    rmSync(join(dir, 'b'), { recursive: true })
    for (const { id } of [file, folder])
      await expect(refs.browse(id, 'data-files')).rejects.toMatchObject({ code: 'FOLDER_UNREADABLE' })
  })
})
