// What strangers sent (table of issue 10), made at run time and put through the real processes by the data room of a
// project: the row or the file is refused by name, everything beside it is read, and this process is never held up.
import { closeSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { forkProgram } from '../../main/processes/child-program'
import { ModelTexts } from '../../main/services/tokens/model-texts'
import { readModel } from '../../main/services/models/read-model'
import type { Workshop } from '../../main/workshop/workshop'
import { starterModelDir } from '../fixtures/places'
import { faq, room, type Room } from '../services/dataset/project'
import { startBusy, TestPlace } from './bench-places'
import { Silence } from './silence'

const place = new TestPlace()
let workshop: Workshop
let here: Room
/** longest that this process may be busy with one thing */
const mostSilent = 100
beforeAll(async () => {
  workshop = await place.open()
})
beforeEach(() => {
  here = room({ reader: workshop.reader })
})
afterAll(() => place.close())

/** A file of parts that are too large to be held. */
function large(name: string, parts: Iterable<string>): string {
  const path = join(place.dir, name)
  const file = openSync(path, 'w')
  for (const part of parts) writeSync(file, part)
  closeSync(file)
  return path
}

async function added(...paths: string[]) {
  const silence = new Silence()
  const view = await here.add(...paths)
  return { view, silent: silence.end() }
}

describe('row 12: one row', () => {
  test('nested 100,000 deep is refused, the others are read', async () => {
    const deep = `{"question":"q","answer":${'['.repeat(100_000)}${']'.repeat(100_000)}}`
    const good = (n: number): string => `{"question":"質問${n}","answer":"答え${n}"}`
    const path = place.file('deep.jsonl', `${good(1)}\n${deep}\n${good(2)}\n`)
    const { view, silent } = await added(path)
    expect(view).toMatchObject({ examples: 2, refused: 1, files: [{ error: null }] })
    expect(silent).toBeLessThan(mostSilent)
  })

  test('with a cell of 600 MB is refused, the others are read, in little memory', async () => {
    const megabyte = 'あ'.repeat(349_525)
    const parts = function* (): Generator<string> {
      yield faq(10)
      yield '質問999,"'
      for (let i = 0; i < 600; i++) yield megabyte
      yield '"\n質問1000,答え1000\n'
    }
    const { view, silent } = await added(large('cell.csv', parts()))
    expect(view.files[0]?.error).toBeNull()
    expect(view.examples).toBe(11)
    expect(view.refused).toBe(1)
    expect(silent).toBeLessThan(mostSilent)
  }, 180_000)
})

test('many rows: all are read, and this process answers all the while', async () => {
  const parts = function* (): Generator<string> {
    yield '質問,回答\n'
    for (let n = 0; n < 200_000; n++) yield `質問${n}番はどうしますか,回答${n}番です。\n`
  }
  const path = large('many.csv', parts())
  const silence = new Silence()
  const read = await workshop.reader.readSource({ id: 's1', name: path }, path, {})
  expect(read.examples).toHaveLength(200_000)
  expect(silence.end()).toBeLessThan(mostSilent)
}, 120_000)

describe('row 16: too little memory', () => {
  test('for a file is a sentence that names it; the next file is read', async () => {
    let least = true
    const own = await place.open({
      start: (options) =>
        forkProgram({ ...options, env: { ...options.env, ...(least && { NEIRO_WORKSHOP_MB: '40' }) } })
    })
    here = room({ reader: own.reader })
    const { view } = await added(place.file('poor.csv', faq(100_000)))
    expect(view.files).toMatchObject([{ file: 'poor.csv', error: { code: 'FILE_MEMORY' } }])
    least = false
    expect((await here.add(place.file('rich.csv', faq(21)))).examples).toBe(21)
    own.close()
  })
})

describe('rows 2 and 6: a model', () => {
  test('a row of twelve million spaces is refused alone', async () => {
    const model = await readModel(starterModelDir)
    const text = await new ModelTexts((source, names) => workshop.openModelText(source, names)).get(model)
    const example = (row: number, answer: string) => ({
      kind: 'conversation' as const,
      messages: [
        { role: 'user' as const, content: '質問' },
        { role: 'assistant' as const, content: answer }
      ],
      source: { file: 'x', row }
    })
    const silence = new Silence()
    const begun = performance.now()
    const outcomes = await text.outcomes(
      [example(1, 'はい'), example(2, `a${' '.repeat(12_000_000)}b`), example(3, 'いいえ')],
      ''
    )
    expect(outcomes.map((outcome) => (outcome instanceof Error ? outcome.code : outcome.length))).toEqual([
      1,
      'TEXT_UNBROKEN',
      1
    ])
    expect(performance.now() - begun).toBeLessThan(20_000)
    expect(silence.end()).toBeLessThan(mostSilent)
  }, 60_000)

  test('a template with a loop of 10^10 is named, soon, and files go on meanwhile', async () => {
    const model = await readModel(starterModelDir)
    const endless = { ...model, chatTemplate: '{% for i in range(10000000000) %}{{ i }}{% endfor %}' }
    const text = await new ModelTexts((source, names) => workshop.openModelText(source, names)).get(endless)
    const asked = text.prompt([{ role: 'user', content: '質問' }]).then(
      () => 'answered',
      (error: { code?: string }) => error.code
    )
    expect((await here.add(place.file('meanwhile.csv', faq(12)))).examples).toBe(12)
    expect(await asked).toBe('TEMPLATE_ENDLESS')
  }, 60_000)
})

test('a reader that gives no sign of life is ended after five seconds, named, and a new one goes on', async () => {
  let first = true
  const own = await place.open({
    start: (options) => {
      const start = first ? startBusy : forkProgram
      first = false
      return start(options)
    }
  })
  here = room({ reader: own.reader })
  const [stuck, next] = [place.file('stuck.csv', faq(5)), place.file('next.csv', faq(6, 100))]
  const view = await here.add(stuck, next)
  expect(view.files.map(({ file, error }) => [file, error?.code ?? null])).toEqual([
    ['stuck.csv', 'FILE_SILENT'],
    ['next.csv', null]
  ])
  // opened again, the file is not read again: it was never taken in
  expect((await room({ dir: here.dir, reader: own.reader }).data.get({ dir: here.dir })).examples).toBe(6)
  own.close()
}, 60_000)

test('a project whose file cost a reader opens again without losing another one', async () => {
  await here.add(place.file('later.csv', faq(8)), place.file('beside.csv', faq(9, 200)))
  // what was read is kept; without it the copies are read anew
  rmSync(join(here.dir, 'data/read'), { recursive: true })
  const started: number[] = []
  const stuck = await place.open({
    start: (options) => {
      // the first file it reads is its last
      const child = (started.length === 0 ? startBusy : forkProgram)(options)
      started.push(child.pid ?? 0)
      return child
    }
  })
  const open = async () => {
    const { files, examples } = await room({ dir: here.dir, reader: stuck.reader }).data.get({
      dir: here.dir
    })
    return { codes: files.map(({ error }) => error?.code ?? null), examples }
  }
  expect(await open()).toEqual({ codes: ['FILE_SILENT', null], examples: 9 })
  expect(started).toHaveLength(2)
  expect(await open()).toEqual({ codes: ['FILE_SILENT', null], examples: 9 })
  // no process more was lost, and so none begun
  expect(started).toHaveLength(2)
  stuck.close()
}, 60_000)

test('a file that is cancelled in a stuck reader is let go at once', async () => {
  const own = await place.open({
    start: (options) => {
      const child = forkProgram(options)
      child.on('message', () => process.kill(child.pid as number, 'SIGSTOP'))
      return child
    }
  })
  here = room({ reader: own.reader })
  const adding = here.add(place.file('held.csv', faq(5)))
  await new Promise((soon) => setTimeout(soon, 500))
  const begun = performance.now()
  await here.data.cancel({ dir: here.dir })
  expect((await adding).examples).toBe(0)
  expect(performance.now() - begun).toBeLessThan(200)
  own.close()
}, 60_000)
