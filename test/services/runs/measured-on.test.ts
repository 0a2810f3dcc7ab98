// With what the losses of runs are measured: the same held-out examples have one mark, whatever else differs.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { measuredOn } from '../../../main/services/runs/measured-on'
import { storedJob } from '../../fixtures/stored-run'

const folder = mkdtempSync(join(tmpdir(), 'neiro-measured-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function run(name: string, model: string, files: Readonly<Record<string, string>>): string {
  const dir = join(folder, name)
  for (const [file, text] of Object.entries({ 'job.json': JSON.stringify(storedJob(model)), ...files })) {
    mkdirSync(dirname(join(dir, file)), { recursive: true })
    writeFileSync(join(dir, file), text)
  }
  return dir
}
const texts = { 'data/held-out.jsonl': '{"a":1}\n' }

test('equal examples have one mark, other examples another, and none has none', async () => {
  const all = await measuredOn([
    run('one', '/models/qwen', texts),
    run('two', '/models/qwen', { ...texts, 'prepared/held-out.safetensors': 'other tokens' }),
    run('three', '/models/qwen', { 'data/held-out.jsonl': '{"a":2}\n' }),
    run('four', '/models/qwen', {}),
    run('five', '/models/qwen', { 'prepared/held-out.safetensors': 'tokens alone' })
  ])
  const marks = all.map(({ heldOut }) => heldOut)
  expect(marks[0]).toBe(marks[1])
  expect(new Set(marks).size).toBe(4)
  expect(marks[3]).toBeNull()
  expect(new Set(all.map(({ model }) => model))).toEqual(new Set(['Qwen']))
})

test('two models of one name are told apart by their folders', async () => {
  const all = await measuredOn([run('six', '/models/a', texts), run('seven', '/models/b', texts)])
  expect(all.map(({ model }) => model)).toEqual(['Qwen (/models/a)', 'Qwen (/models/b)'])
})
