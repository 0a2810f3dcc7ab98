// The folder of a run that somebody changed by hand, or made to break whoever reads it: every command says in a sentence which
// file is not to be used, and what does not need that file works.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { faq } from '../services/dataset/project'
import { runNeiro } from './neiro-process'

const place = mkdtempSync(join(tmpdir(), 'neiro-changed-run-'))
afterAll(() => rmSync(place, { recursive: true, force: true }))
const env = { NEIRO_HOME: join(place, 'home'), LC_ALL: 'en_US.UTF-8' }
const data = join(place, 'faq.csv')
const whole = join(place, 'run')

beforeAll(async () => {
  writeFileSync(data, faq(12))
  const quick = ['--epochs', '1', '--lora-rank', '2', '--out', whole]
  const { status, stderr } = await runNeiro(['tune', '--model', 'starter', '--data', data, ...quick], { env })
  expect(status, stderr).toBe(0)
}, 120_000)

type Changed = (stored: Record<string, unknown>) => unknown
const every =
  (value: unknown): Changed =>
  (stored) =>
    Object.fromEntries(Object.keys(stored).map((key) => [key, key === 'version' ? 1 : value]))
const changes: readonly [string, Changed][] = [
  ['nothing in it', () => ({})],
  ['a list', () => [1]],
  ['names of a prototype', () => JSON.parse('{"__proto__":{"a":1},"constructor":3}') as object],
  ['no value', every(null)],
  ['numbers', every(-1e308)],
  ['texts of a million signs', every('x'.repeat(1e6))]
]

/** A copy of the run with one file changed, its text or what stands in it. */
function changed(file: string, change: Changed | string): string {
  const dir = mkdtempSync(join(place, 'changed-'))
  cpSync(whole, dir, { recursive: true })
  const path = join(dir, file)
  const stored = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>
  writeFileSync(path, typeof change === 'string' ? change : JSON.stringify(change(stored)))
  return dir
}

async function refused(args: readonly string[], code: string): Promise<void> {
  const { status, stderr } = await runNeiro([...args], { env })
  expect(stderr).toContain(`[${code}]`)
  expect(stderr.length).toBeLessThan(1500)
  expect(status).toBe(1)
}

const exporting = (run: string): string[] => ['export', 'merged', '--run', run, '--out', `${run}-out`]
const resuming = (run: string): string[] => ['tune', '--resume', run]

describe('job.json', () => {
  test.each(changes)('%s', async (_, change) => {
    const run = changed('job.json', change)
    for (const args of [exporting(run), resuming(run)]) await refused(args, 'RUN_BROKEN')
  })

  test.each<[string, (job: { settings: object; open: object }) => object]>([
    [
      'a way to train that there is not',
      ({ settings }) => ({ settings: { ...settings, method: '__proto__' } })
    ],
    ['a setting of another kind', ({ settings }) => ({ settings: { ...settings, epochs: { a: 1 } } })],
    ['no folder of the model', ({ open }) => ({ open: { ...open, modelDir: null } })],
    ['another file in place of its examples', () => ({ train: '../../etc/passwd' })]
  ])('%s', async (_, change) => {
    const run = changed('job.json', (job) => ({ ...job, ...change(job as never) }))
    await refused(resuming(run), 'RUN_BROKEN')
  })

  test('60,000 brackets', () => refused(exporting(changed('job.json', '{'.repeat(60_000))), 'RUN_BROKEN'))

  test('one of a later version is no damaged one', () =>
    refused(exporting(changed('job.json', (job) => ({ ...job, version: 2 }))), 'RUN_NEWER'))
})

describe('state.json', () => {
  test.each(changes)('%s', async (_, change) => {
    const run = changed('state.json', change)
    for (const args of [exporting(run), resuming(run)]) await refused(args, 'RUN_BROKEN')
  })

  test('a run that says it is unfinished, and more steps than there are', async () => {
    const run = changed('state.json', (state) => ({
      ...state,
      state: 'paused',
      step: 1e15,
      totalSteps: 1e15
    }))
    const { stderr } = await runNeiro(resuming(run), { env })
    expect(stderr).not.toMatch(/INTERNAL|UNEXPECTED/)
  })
})

test.each([...changes, ['brackets', '{'.repeat(60_000)] as const])(
  'run.json with %s: what does not need it works',
  async (_, change) => {
    const { status, stderr } = await runNeiro(exporting(changed('run.json', change)), { env })
    expect(stderr).toBe('')
    expect(status).toBe(0)
  }
)
