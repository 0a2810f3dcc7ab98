// What a served page may open: home without its hidden parts, projects, allowed folders; links by where they lead.
import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { Reach } from '../../../main/services/files/reach'
import { ownFolder } from '../../fixtures/own-folder'

function begin(allow: (folder: string) => Promise<boolean> | null = () => null): {
  readonly reach: Reach
  readonly at: (...way: string[]) => string
} {
  const folder = ownFolder()
  const at = (...way: string[]): string => join(folder, ...way)
  for (const dir of ['home/docs', 'home/.secret/deep', 'home2', 'data/sub', 'data/.hidden', 'project/data'])
    mkdirSync(at(dir), { recursive: true })
  symlinkSync(at('data'), at('home/docs/out'))
  symlinkSync(at('home/docs'), at('home/in'))
  symlinkSync(at('home/.secret'), at('home/plain'))
  const reach = new Reach(
    { folders: [], allow, projects: async () => [at('project'), at('gone')] },
    at('home')
  )
  return { reach, at }
}

test('is the home without what is hidden, and the projects; never their neighbours, never by a link', async () => {
  const { reach, at } = begin()
  for (const inside of ['home', 'home/docs', 'home/in', 'project', 'project/data'])
    expect(await reach.holds(at(inside)), inside).toBe(true)
  for (const outside of [
    '.',
    'home2',
    'data',
    'home/.secret',
    'home/.secret/deep',
    'home/plain',
    'home/docs/out',
    'gone',
    'home/docs/../../data'
  ])
    expect(await reach.holds(at(outside)), outside).toBe(false)
  await expect(reach.open(at('data'))).rejects.toMatchObject({ code: 'FOLDER_OUT_OF_REACH' })
})

test('grows by what the person at the terminal allows: that folder, and nothing hidden in it', async () => {
  const { reach, at } = begin(async () => true)
  await expect(reach.open(at('data'))).rejects.toMatchObject({ code: 'FOLDER_ASKED_FOR' })
  await vi.waitFor(() => reach.open(at('data')))
  expect(await reach.holds(at('data/sub'))).toBe(true)
  expect(await reach.holds(at('home/docs/out/sub'))).toBe(true)
  expect(await reach.holds(at('data/.hidden'))).toBe(false)
  expect(await reach.holds(at('home2'))).toBe(false)
})

test('a no leaves it as it was; a page that asks again and again asks one question, and not many at once', async () => {
  const asked: string[] = []
  let answer = (_: boolean): void => undefined
  const { reach, at } = begin((folder) => {
    asked.push(folder)
    return new Promise((done) => (answer = done))
  })
  for (let n = 0; n < 50; n++)
    await expect(reach.open(at('data'))).rejects.toMatchObject({ code: 'FOLDER_ASKED_FOR' })
  expect(asked).toHaveLength(1)
  answer(false)
  await vi.waitFor(() => expect(reach.open(at('data')).catch(() => asked.length)).resolves.toBe(2))
  expect(await reach.holds(at('data'))).toBe(false)
  for (let n = 0; n < 50; n++) {
    mkdirSync(at(`many-${n}`))
    await reach.open(at(`many-${n}`)).catch(() => undefined)
  }
  expect(asked.length).toBeLessThan(8)
})
