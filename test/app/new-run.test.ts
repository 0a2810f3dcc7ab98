// A page that names a program for a new run: only what the user has agreed to, as it is now, comes through.
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { newRunOf } from '../../main/app/new-run'
import type { Calls } from '../../main/contract/channels'
import { defaultSettings } from '../../main/contract/settings'
import { FileRefs } from '../../main/services/files/file-refs'
import { AgreedPrograms } from '../../main/services/runs/agreed-programs'

const home = mkdtempSync(join(tmpdir(), 'neiro-new-run-'))
const request: Calls['runs.startRun']['args'] = {
  ...{ project: 'p', preset: 'custom', settings: defaultSettings, part: 1, questions: [] }
}

test('a program runs once it was agreed to, and another version of it is asked for anew', async () => {
  const files = new FileRefs()
  const list = join(home, 'agreed-programs.json')
  const agreedPrograms = new AgreedPrograms(list)
  const file = join(home, 'marks.py')
  writeFileSync(file, 'print(1)')
  const { id: rewardProgram } = await files.add(file)
  const asked = (): ReturnType<typeof newRunOf> =>
    newRunOf({ ...request, rewardProgram }, { files, agreedPrograms })
  expect(await newRunOf(request, { files, agreedPrograms })).toEqual(request)
  await expect(asked()).rejects.toMatchObject({ code: 'PROGRAM_NOT_AGREED', details: { file } })
  await agreedPrograms.agree({ file, sha256: (await agreedPrograms.look(file)).sha256 })
  expect(await asked()).toEqual({ ...request, rewardProgram: file })
  // kept for the next life of the app
  expect((await new AgreedPrograms(list).look(file)).agreed).toBe(true)
  writeFileSync(file, 'print(2)')
  await expect(asked()).rejects.toMatchObject({ code: 'PROGRAM_NOT_AGREED' })
  // a list that is torn says yes to nothing
  writeFileSync(list, '{"version":1,"progr')
  writeFileSync(file, 'print(1)')
  await expect(asked()).rejects.toMatchObject({ code: 'PROGRAM_NOT_AGREED' })
})
