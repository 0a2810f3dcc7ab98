// Only ordinary files are opened: what waits for ever, gives bytes for ever or is far too large is a word at once.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { openOrdinary, readOrdinary } from '../../main/files/ordinary-file'
import { piecesOf } from '../../main/files/pieces'
import { readProjectFile } from '../../main/services/projects/project-file'
import { readOpeningFile } from '../../main/services/projects/opening-file'
import { readRecipe } from '../../main/services/recipes/recipe'
import { readRunFile } from '../../main/services/runs/run-file'

const dir = mkdtempSync(join(tmpdir(), 'neiro-ordinary-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))
const at = (name: string): string => join(dir, name)
writeFileSync(at('text'), 'text')

test('an ordinary file, also behind a link, is read whole', async () => {
  symlinkSync(at('text'), at('link'))
  expect(String(await readOrdinary(at('text'), 4))).toBe('text')
  expect(String(await readOrdinary(at('link'), 4))).toBe('text')
})

test('one that is larger than it may be is not read', async () => {
  const read = readOrdinary(at('text'), 3)
  await expect(read).rejects.toMatchObject({ code: 'FILE_TOO_LARGE', details: { file: 'text', size: '4' } })
  // a terabyte that nobody wrote
  writeFileSync(at('recipe.yaml'), '')
  truncateSync(at('recipe.yaml'), 2 ** 40)
  await expect(readRecipe(at('recipe.yaml'))).rejects.toMatchObject({ code: 'BROKEN_RECIPE' })
})

test('a folder cannot be read, and what is not there is not there', async () => {
  await expect(readOrdinary(dir, 10)).rejects.toMatchObject({ code: 'EISDIR' })
  await expect(readOrdinary(at('none'), 10)).rejects.toMatchObject({ code: 'ENOENT' })
})

describe.skipIf(process.platform === 'win32')('a pipe that nobody writes into, and a device', () => {
  const pipe = (name: string): string => {
    execFileSync('mkfifo', [at(name)])
    return at(name)
  }
  const no = { code: 'NOT_A_FILE' }

  test('are not waited for', async () => {
    const file = pipe('pipe')
    await expect(openOrdinary(file)).rejects.toMatchObject({ ...no, details: { file: 'pipe' } })
    await expect(readOrdinary('/dev/zero', 10)).rejects.toMatchObject(no)
    await expect(piecesOf(file).next()).rejects.toMatchObject(no)
  })

  test('in the place of a project, what opens it, a recipe or a run', async () => {
    mkdirSync(at('project'))
    pipe('project/project.json')
    await expect(readProjectFile(at('project'))).rejects.toMatchObject({ code: 'PROJECT_BROKEN' })
    expect(await readOpeningFile(pipe('project.neiro'))).toBeNull()
    await expect(readRecipe(pipe('other.yaml'))).rejects.toMatchObject(no)
    mkdirSync(at('run'))
    pipe('run/run.json')
    expect(await readRunFile(at('run'))).toBeNull()
  })
})
