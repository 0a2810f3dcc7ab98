// A data folder that a newer Neiro has used: told by name before anything is read, and left as it is.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { dataForm, enterDataFolder } from '../../../main/services/storage/data-folder'
import { ownFolder } from '../../fixtures/own-folder'
import { neiro } from '../../fixtures/neiro-cli'

const newer = JSON.stringify({ version: dataForm + 1, neiro: '9.1.0' })

test('one of this form, or without a word, is entered and nothing is written there', () => {
  const folder = ownFolder()
  enterDataFolder(folder, () => '0.1.0')
  for (const text of ['', '{', '[]', '{"version":"2"}', '{"version":1}']) {
    writeFileSync(join(folder, 'data-form.json'), text)
    enterDataFolder(folder, () => '0.1.0')
    expect(readFileSync(join(folder, 'data-form.json'), 'utf8')).toBe(text)
  }
  enterDataFolder(join(folder, 'none'), () => '0.1.0')
  expect(readdirSync(folder)).toEqual(['data-form.json'])
})

test('a newer form says so in the folder, and the older Neiro that comes back is refused', () => {
  const folder = join(ownFolder(), 'neiro')
  enterDataFolder(folder, () => '9.1.0', 2)
  enterDataFolder(folder, () => '9.1.0', 2)
  expect(() => enterDataFolder(folder, () => '0.1.0', 1)).toThrow(
    expect.objectContaining({ code: 'DATA_NEWER', details: { folder, neiro: '9.1.0' } })
  )
  enterDataFolder(folder, () => '9.2.0', 3)
  expect(() => enterDataFolder(folder, () => '9.1.0', 2)).toThrow(/DATA_NEWER/)
})

test('the command line says it in words and changes nothing', async () => {
  const home = join(ownFolder(), '音色')
  mkdirSync(join(home, 'projects'), { recursive: true })
  writeFileSync(join(home, 'data-form.json'), newer)
  const { status, error } = await neiro(['runs', '--lang', 'ja'], { NEIRO_HOME: home })
  expect(status).toBe(1)
  expect(error).toMatchObject({ code: 'DATA_NEWER' })
  expect(error?.message).toContain('新しい Neiro（9.1.0）で使われています')
  expect(readdirSync(join(home, 'projects'))).toEqual([])
  expect(readFileSync(join(home, 'data-form.json'), 'utf8')).toBe(newer)
}, 60_000)
