// Bad files through the command line, in both languages: a sentence, a code, a way out, an exit code that is not
// zero, and no run that looks as if it had worked.
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { neiro, type CliResult } from '../fixtures/neiro-cli'
import { sharedData, skippedNote } from '../fixtures/shared-data'
import { canMount, noMountNote, onSmallDisk } from '../fixtures/small-disk'
import { tinyModel } from '../fixtures/tiny-model'
import { lfsPointer, spoiltConfigs, spoiltWeights } from './spoilt-models'

let place = ''
let good = ''
let data = ''
beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), 'neiro-bad-cli-'))
  good = tinyModel('llama', place)
  data = join(place, 'faq.jsonl')
  const rows = Array.from({ length: 24 }, (_, i) => ({ question: `q ${i}?`, answer: `a ${i}.` }))
  writeFileSync(data, rows.map((row) => JSON.stringify(row)).join('\n'))
})
afterAll(() => rmSync(place, { recursive: true, force: true }))

let homes = 0
const newHome = (): string => join(place, `home-${++homes}`)
const small = ['--max-seq-length', '64', '--max-steps', '2', '--threads', '1']

/** Refused as it should be; returns the code. */
function expectRefused(result: CliResult): string {
  expect(result.signal).toBeNull()
  expect(result.status, result.stderr).toBeGreaterThan(0)
  expect(result.error, result.stderr).toBeDefined()
  const { code, message, hint } = result.error ?? { code: '', message: '', hint: '' }
  expect(code, `${message} ${hint}`).toMatch(/^[A-Z][A-Z0-9_]+$/)
  expect(code, message).not.toBe('INTERNAL')
  expect(hint.length).toBeGreaterThan(5)
  // the same to a person: sentence, way out, code; and nothing that only a programmer reads
  expect(result.stderr).toContain(`[${code}]`)
  expect(result.stderr).not.toMatch(/at .+\.js:\d+/)
  return code
}

/** No run but failed ones, and those say why. */
async function expectNoSuccess(home: string): Promise<void> {
  const { status, events } = await neiro(['runs'], { NEIRO_HOME: home })
  expect(status).toBe(0)
  for (const event of events.filter(({ event }) => event === 'run')) expect(event['state']).toBe('failed')
  const runs = join(home, 'runs')
  if (!existsSync(runs)) return
  for (const run of readdirSync(runs)) {
    expect(existsSync(join(runs, run, 'adapter'))).toBe(false)
    const inside = readdirSync(join(runs, run), { recursive: true, encoding: 'utf8' })
    expect(inside.filter((name) => /tmp|unfinished|partial/.test(name))).toEqual([])
  }
}

const isJapanese = (text: string): boolean => /[ぁ-ん]/.test(text)

describe('models', () => {
  const chosen = [
    'data cut in half',
    'a header of a terabyte',
    'tensors that overlap',
    'a transposed weight',
    'NaN in a weight',
    'a Git LFS pointer',
    'a pickle',
    'no weights',
    'an index that leads out of the folder',
    'no config',
    'a config that is no JSON',
    'an unknown architecture',
    'config {"hidden_size":1000000000}',
    'config {"num_hidden_layers":1000000000}'
  ]
  for (const name of chosen)
    test(name, async () => {
      const spoilt = [...spoiltWeights, ...spoiltConfigs].find((row) => row.name === name)
      if (!spoilt) throw new Error(`no row ${name}`)
      const model = mkdtempSync(join(place, 'model-'))
      cpSync(good, model, { recursive: true })
      spoilt.spoil(model)
      const home = newHome()
      const env = { NEIRO_HOME: home }
      const ja = await neiro(['tune', '--model', model, '--data', data, ...small, '--lang', 'ja'], env)
      const en = await neiro(['tune', '--model', model, '--data', data, ...small, '--lang', 'en'], env)
      expect(expectRefused(ja)).toBe(expectRefused(en))
      expect(isJapanese(`${ja.error?.message}`) && isJapanese(`${ja.error?.hint}`)).toBe(true)
      expect(isJapanese(`${en.error?.message}${en.error?.hint}`)).toBe(false)
      await expectNoSuccess(home)
    })

  test('a path that is not there, a file, and an empty folder', async () => {
    mkdirSync(join(place, 'empty'), { recursive: true })
    for (const model of [join(place, 'nowhere'), data, join(place, 'empty')])
      expectRefused(await neiro(['plan', '--model', model], { NEIRO_HOME: newHome() }))
  })

  const pointer = sharedData('negative/lfs-pointer-gguf')
  test.skipIf(!pointer)(
    pointer ? 'a pointer that somebody downloaded' : `a pointer (${skippedNote})`,
    async () => {
      for (const model of [pointer ?? '', join(pointer ?? '', 'smollm2-135m-instruct-q8_0.gguf')])
        expectRefused(await neiro(['plan', '--model', model], { NEIRO_HOME: newHome() }))
    }
  )
})

describe('data', () => {
  const files: Readonly<Record<string, string | Buffer>> = {
    'empty.jsonl': '',
    'blank.csv': '\n\n \n',
    'nothing.json': '[]',
    'header-only.csv': 'question,answer\n',
    'no-answers.jsonl': '{"question":"a"}\n{"question":"b"}\n',
    'one-row.jsonl': '{"question":"いつ届きますか","answer":"三日ほどです。"}\n',
    'pointer.jsonl': lfsPointer,
    'noise.jsonl': Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 7919) % 256)),
    'zeros.csv': Buffer.alloc(4096),
    'broken.json': '[{"question":"a","answer":"b"},'
  }
  for (const [name, content] of Object.entries(files))
    test(`${name} teaches nothing`, async () => {
      const file = join(place, name)
      writeFileSync(file, content)
      const home = newHome()
      expectRefused(await neiro(['tune', '--model', good, '--data', file, ...small], { NEIRO_HOME: home }))
      await expectNoSuccess(home)
    })

  test('a file that is not there, and a folder without data', async () => {
    mkdirSync(join(place, 'no-data'), { recursive: true })
    for (const file of [join(place, 'missing.csv'), join(place, 'no-data')]) {
      expectRefused(await neiro(['data', file], { NEIRO_HOME: newHome() }))
      expectRefused(
        await neiro(['tune', '--model', good, '--data', file, ...small], { NEIRO_HOME: newHome() })
      )
    }
  })

  const pointers = sharedData('negative/lfs-pointer-jsonl-gz')
  test.skipIf(!pointers)(
    pointers ? 'pointers that somebody downloaded' : `pointers (${skippedNote})`,
    async () => {
      const file = join(pointers ?? '', 'train.jsonl.gz')
      expectRefused(await neiro(['data', file], { NEIRO_HOME: newHome() }))
      expectRefused(
        await neiro(['tune', '--model', good, '--data', file, ...small], { NEIRO_HOME: newHome() })
      )
    }
  )

  test('one row can be learnt when nothing is held out', async () => {
    const file = join(place, 'one-row.jsonl')
    writeFileSync(file, files['one-row.jsonl'] ?? '')
    const args = ['tune', '--model', good, '--data', file, '--held-out-ratio', '0', ...small]
    const result = await neiro(args, { NEIRO_HOME: newHome() })
    expect(result.status, result.stderr).toBe(0)
  })
})

describe.skipIf(!canMount)(canMount ? 'disks' : `disks (${noMountNote})`, () => {
  const tune = (): string[] => [
    'tune',
    '--model',
    good,
    '--data',
    data,
    '--max-seq-length',
    '64',
    '--threads',
    '1'
  ]

  test('full before the run begins', () =>
    onSmallDisk(4, async ({ dir }) => {
      writeFileSync(join(dir, 'filler'), Buffer.alloc(3000))
      expectRefused(await neiro([...tune(), '--max-steps', '2'], { NEIRO_HOME: join(dir, 'home') }))
    }))

  test('full while the run goes on: it fails, keeps what was whole, and can be resumed', () =>
    onSmallDisk(3000, async ({ dir }) => {
      const home = join(dir, 'home')
      const filler = join(dir, 'filler')
      writeFileSync(filler, Buffer.alloc(2_600_000))
      const args = [...tune(), '--max-steps', '8', '--checkpoint-steps', '1', '--lora-rank', '16']
      expect(expectRefused(await neiro(args, { NEIRO_HOME: home }))).toMatch(/DISK_FULL|WRITE/)
      const [run = ''] = readdirSync(join(home, 'runs'))
      const inside = readdirSync(join(home, 'runs', run), { recursive: true, encoding: 'utf8' })
      expect(inside.filter((name) => /tmp|unfinished|partial/.test(name))).toEqual([])
      expect(existsSync(join(home, 'runs', run, 'adapter'))).toBe(false)
      rmSync(filler)
      const resumed = await neiro(['tune', '--resume', 'latest'], { NEIRO_HOME: home })
      expect(resumed.status, resumed.stderr).toBe(0)
    }))

  test('read-only: refused before anything is computed', () =>
    onSmallDisk(700, async ({ dir, makeReadOnly }) => {
      makeReadOnly()
      expectRefused(await neiro([...tune(), '--max-steps', '2'], { NEIRO_HOME: join(dir, 'home') }))
      expectRefused(
        await neiro([...tune(), '--max-steps', '2', '--out', join(dir, 'run')], { NEIRO_HOME: newHome() })
      )
    }))

  test('an export to a full or read-only disk leaves nothing there', async () => {
    const run = join(place, 'run-to-export')
    const trained = await neiro([...tune(), '--max-steps', '2', '--out', run], { NEIRO_HOME: newHome() })
    expect(trained.status, trained.stderr).toBe(0)
    for (const form of ['peft', 'merged']) {
      const args = (out: string): string[] => ['export', form, '--run', run, '--out', out]
      await onSmallDisk(16, async ({ dir }) => {
        expectRefused(await neiro(args(join(dir, 'out')), { NEIRO_HOME: newHome() }))
        expect(readdirSync(dir)).toEqual([])
      })
      await onSmallDisk(4096, async ({ dir, makeReadOnly }) => {
        makeReadOnly()
        expectRefused(await neiro(args(join(dir, 'out')), { NEIRO_HOME: newHome() }))
      })
    }
  })
})

describe.skipIf(process.getuid?.() === 0)('a folder that may not be written (as a user without root)', () => {
  test('is refused by name', async () => {
    const dir = join(place, 'locked')
    mkdirSync(dir)
    chmodSync(dir, 0o555)
    expectRefused(
      await neiro(['tune', '--model', good, '--data', data, ...small, '--out', join(dir, 'run')], {
        NEIRO_HOME: newHome()
      })
    )
    chmodSync(dir, 0o755)
    expect(readFileSync(data, 'utf8')).not.toBe('')
  })
})
