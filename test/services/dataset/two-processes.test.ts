// The app and a server on one home: two processes change the data of one project at the same time, and nothing that
// either of them was told is done is lost.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { faq, newProject, room, writeFile } from './project'

const program = join(import.meta.dirname, 'one-of-two.mjs')

/** Starts one program for each list of arguments, all at the same moment. */
async function together(dir: string, ...all: readonly (readonly string[])[]): Promise<void> {
  const start = String(Date.now() + 2500)
  await Promise.all(
    all.map(
      (args) =>
        new Promise<void>((done, fail) => {
          const child = spawn(process.execPath, [program, dir, start, ...args], { stdio: 'pipe' })
          let said = ''
          child.stderr.on('data', (text) => (said += String(text)))
          child.on('exit', (code) => (code === 0 ? done() : fail(new Error(said))))
        })
    )
  )
}

test('every change of both stands in the log, each under a number of its own', async () => {
  const dir = newProject()
  const log = writeFile(dir, 'data/log.jsonl', '')
  await together(dir, ['edit', '1', '80'], ['edit', '1001', '80'])
  const entries = readFileSync(log, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { n: number; row: number })
  expect(entries.map(({ n }) => n)).toEqual(Array.from({ length: 160 }, (_, i) => i + 1))
  expect(new Set(entries.map(({ row }) => row)).size).toBe(160)
}, 60_000)

test('files that both add are all there, each copy whole; one that both add is there once', async () => {
  const dir = newProject()
  const files = (name: string, from: number): string[] =>
    [0, 1, 2, 3].map((i) => writeFile(dir, `in/${name}${i}.csv`, faq(5, from + 10 * i)))
  const both = writeFile(dir, 'in/both.csv', faq(5, 900))
  await together(dir, ['add', both, ...files('a', 100)], ['add', both, ...files('b', 500)])
  const view = await room({ dir }).data.get({ dir })
  const usable = view.files.filter(({ error }) => error === null)
  expect(usable.map(({ file }) => file).sort()).toEqual(
    ['a0', 'a1', 'a2', 'a3', 'b0', 'b1', 'b2', 'b3', 'both'].map((name) => `${name}.csv`)
  )
  expect(view.files.filter(({ error }) => error).map(({ error }) => error?.code)).toEqual(['ALREADY_ADDED'])
  expect(view.examples).toBe(45)
  expect(new Set(view.files.map(({ id }) => id.slice(1))).size).toBe(10)
}, 60_000)

test('both begin with the built-in sample, and it is there once', async () => {
  const dir = newProject(true)
  await together(dir, ['look'], ['look'])
  const view = await room({ dir }).data.get({ dir })
  expect(view.files).toHaveLength(1)
  expect(view.files[0]?.error).toBeNull()
}, 60_000)
