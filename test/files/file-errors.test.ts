// Every code by which a system refuses a file or folder is a sentence with a way out, whoever was told: the writer who
// knows the place, or nobody until the door.
import { mkdir, open, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { NeiroError, type NeiroErrorData } from '../../main/contract/errors'
import { asFileError, knownError, systemCode } from '../../main/files/file-errors'
import { writeFileWhole } from '../../main/files/whole-file'
import { writeFolderWhole } from '../../main/files/whole-folder'
import { answer } from '../../main/ipc/gate'
import { errorData } from '../../main/trainer/error-data'
import { wordsOf } from '../../main/words/errors'
import { ownFolder } from '../fixtures/own-folder'

const codes = [
  ...[
    'EACCES',
    'EPERM',
    'EROFS',
    'ENOSPC',
    'EDQUOT',
    'ENAMETOOLONG',
    'ENOTDIR',
    'EISDIR',
    'EMFILE',
    'ENFILE'
  ],
  ...['ELOOP', 'EIO', 'ETXTBSY', 'EBUSY', 'ENXIO', 'ENODEV', 'ESTALE', 'ENOTCONN']
]
const said = (code: string, syscall = 'open'): Error =>
  Object.assign(new Error(`${code}: no, ${syscall} '/place/file'`), { code, syscall, path: '/place/file' })

describe.each(codes)('%s', (code) => {
  test('is known to whoever writes, at every door, and in the trainer', async () => {
    const written = asFileError(said(code), '/place')
    expect(written).toBeInstanceOf(NeiroError)
    const known = [
      written as NeiroError,
      knownError(said(code)),
      NeiroError.fromData(errorData(said(code))),
      NeiroError.fromData(
        (
          (await answer(
            { call: () => Promise.reject(said(code)) },
            () => undefined,
            'projects.list',
            {}
          )) as unknown as { error: NeiroErrorData }
        ).error
      )
    ]
    for (const error of known) {
      expect(['INTERNAL', 'UNEXPECTED']).not.toContain(error.code)
      for (const language of ['ja', 'en'] as const) {
        const { message, hint } = wordsOf(error, language)
        expect(`${message}${hint}`).not.toMatch(/\{\w+\}|E[A-Z]{3,}/)
      }
    }
  })
})

test('what is no word of the system stays what it is', () => {
  for (const error of [
    new Error('x'),
    said('E_OWN'),
    Object.assign(new Error('x'), { code: 'EACCES' }),
    null,
    'EACCES'
  ])
    expect(systemCode(error)).toBeNull()
  expect(knownError(new Error('x'))).toMatchObject({ code: 'INTERNAL', details: { reason: 'x' } })
  const own = new NeiroError('RUN_BUSY')
  expect(asFileError(own, '/place')).toBe(own)
})

test('what is gone is said as gone where nobody knew better', () => {
  expect(knownError(said('ENOENT'))).toMatchObject({ code: 'PLACE_GONE', details: { place: '/place/file' } })
  // whoever asks whether something is there still finds out by the code
  expect(asFileError(said('ENOENT'), '/place')).toMatchObject({ code: 'ENOENT' })
})

test('a place of thousands of characters is named by its beginning and its end', () => {
  const place = `/${'長'.repeat(5000)}/end`
  const { details } = knownError(Object.assign(said('EIO'), { path: place }))
  expect(details['place']?.length).toBeLessThan(210)
  expect(details['place']).toMatch(/^\/長+…長+\/end$/)
})

test('on a real disk: a file where a folder should be, a folder where a file should be, names too long, links in a circle', async () => {
  const folder = ownFolder()
  await writeFile(join(folder, 'file'), '')
  await mkdir(join(folder, 'folder', 'in-it'), { recursive: true })
  await symlink(join(folder, 'loop'), join(folder, 'loop'))
  const wrong = { code: 'WRONG_KIND_OF_PLACE' }
  await expect(writeFileWhole(join(folder, 'file', 'x.json'), '')).rejects.toMatchObject(wrong)
  await expect(writeFileWhole(join(folder, 'file', 'deep', 'x.json'), '')).rejects.toMatchObject(wrong)
  await expect(writeFileWhole(join(folder, 'folder'), '')).rejects.toMatchObject(wrong)
  await expect(writeFileWhole(join(folder, 'あ'.repeat(200), 'x'), '')).rejects.toMatchObject({
    code: 'PATH_TOO_LONG'
  })
  await expect(writeFileWhole(join(folder, 'loop', 'x'), '')).rejects.toMatchObject({ code: 'LINK_LOOP' })
  await expect(
    writeFolderWhole(join(folder, 'file', 'run'), { replace: false }, async () => null)
  ).rejects.toMatchObject(wrong)
  await expect(
    readFile(folder).catch((error: unknown) => Promise.reject(knownError(error)))
  ).rejects.toMatchObject(wrong)
  await expect(
    open(join(folder, 'loop')).catch((error: unknown) => Promise.reject(knownError(error)))
  ).rejects.toMatchObject({ code: 'LINK_LOOP' })
})
