// A program of the user's own runs only where the system's own dialog, or the terminal, has agreed to it: no page can.
import { appendFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { AppHome } from './app-home'

let place: AppHome
let file: string
beforeEach(() => {
  place = new AppHome()
  file = join(place.folder, 'judge.py')
  writeFileSync(file, 'print(1)\n')
})
afterEach(() => place.remove())

describe('a program', () => {
  test('cannot be agreed to by a page of a served window, whatever the page calls', async () => {
    const app = await place.open()
    const [{ id } = { id: '' }] = await app.addPaths([file])
    expect(await app.call('train.program', { fileId: id })).toEqual({ file, agreed: false, asksHere: false })
    await expect(app.call('train.agreeProgram', { fileId: id })).rejects.toMatchObject({
      code: 'PROGRAM_NOT_AGREED',
      details: { file }
    })
    expect(await app.call('train.program', { fileId: id })).toMatchObject({ agreed: false })
  })

  test('is asked about in the system’s dialog: once, and for what it holds', async () => {
    const answers = [false, true, false]
    const asked: string[] = []
    const mayRun = async (one: string): Promise<boolean> => {
      asked.push(one)
      return answers.shift() ?? false
    }
    const app = await place.open({ hooks: { choose: async () => [file], mayRun } })
    const [{ id } = { id: '' }] = await app.call('files.choose', { kind: 'program' })
    const fileId = id
    expect(await app.call('train.agreeProgram', { fileId })).toEqual({ agreed: false })
    expect(await app.call('train.program', { fileId })).toEqual({ file, agreed: false, asksHere: true })
    expect(await app.call('train.agreeProgram', { fileId })).toEqual({ agreed: true })
    expect(await app.call('train.program', { fileId })).toMatchObject({ agreed: true })
    appendFileSync(file, 'import os\n')
    expect(await app.call('train.program', { fileId })).toMatchObject({ agreed: false })
    expect(asked).toEqual([file, file])
  })
})
