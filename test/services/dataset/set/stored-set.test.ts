// The stored set against the same set as plain objects: whatever files, edits, normalisations and questions there are, it
// says the same.
import { describe, expect, test } from 'vitest'
import { NeiroError } from '../../../../main/contract/errors'
import type { Example, Message, RefusedRow } from '../../../../main/contract/records'
import type { Edit } from '../../../../main/services/dataset/log/log-state'
import { editKey } from '../../../../main/services/dataset/log/log-state'
import { KeepingHere } from '../../../../main/services/dataset/set/keeping-here'
import {
  examplesOf,
  partSize,
  type KeptSet,
  type SetFile,
  type SetSource
} from '../../../../main/services/dataset/set/kept-set'
import { normalisations } from '../../../../main/services/dataset/set/normalise'
import { questionKey } from '../../../../main/services/dataset/set/split'
import { kindOf } from '../../../../main/services/dataset/kinds'
import { hashOf } from '../../../../main/services/dataset/kept/search-form'
import { Chance } from '../../random'
import { kept, randomExample, randomText } from '../kept/write-kept'
import { PlainSet, type ModelFile } from './plain-model'

const sheets = [undefined, undefined, '返品', '配送']

function randomFile(chance: Chance, id: string): ModelFile {
  const name = chance.pick(['faq.csv', '送料.xlsx', 'ABC.jsonl'])
  let row = 0
  const next = (): { file: string; sheet?: string; row: number } => {
    const sheet = chance.pick(sheets)
    // rows of several sheets, and several examples of one row
    row = chance.below(6) === 0 ? Math.max(1, row) : row + 1 + chance.below(3)
    return { file: name, row, ...(sheet !== undefined && { sheet }) }
  }
  const examples: Example[] = chance.list(40, () => randomExample(chance, next()))
  const refused: RefusedRow[] = chance.list(8, () => ({
    ...{ source: next(), reason: chance.pick(['EMPTY_ANSWER', 'BROKEN_JSON', 'HIDDEN_SHEET']), details: {} },
    excerpt: randomText(chance)
  }))
  const heldOutRows = chance.below(5) === 0 ? examples.slice(0, 3).map(({ source }) => source.row) : null
  const shape = chance.pick(['question-answer', 'text'] as const)
  return {
    id,
    name,
    examples,
    refused,
    heldOutRows,
    tables: [{ shape: 'messages', sheet: '返品' }, { shape }]
  }
}

function randomEdits(chance: Chance, files: readonly ModelFile[]): Map<string, Edit> {
  const edits = new Map<string, Edit>()
  for (const { id, examples, refused } of files) {
    for (const { source } of [...examples, ...refused]) {
      const chosen = chance.below(8)
      if (chosen > 2) continue
      const edit: Edit =
        chosen === 0
          ? { removed: true }
          : {
              answer: randomText(chance),
              ...(chosen === 1 && { question: randomText(chance) }),
              ...(chance.below(9) === 0 && { removed: true })
            }
      edits.set(editKey(id, source.sheet, source.row), edit)
    }
    // of a row that is not there any more
    edits.set(editKey(id, undefined, 99_999), { answer: 'x' })
  }
  return edits
}

async function everyRow(set: KeptSet, search = ''): Promise<number[]> {
  const indexes: number[] = []
  for (let offset = 0; ; offset += 7) {
    const { total, rows } = await set.ask('rows', { offset, limit: 7, search })
    for (const { index } of rows) indexes.push(index)
    if (offset + 7 >= total) {
      expect(indexes).toHaveLength(total)
      return indexes
    }
  }
}

const division = async (set: KeptSet, share: number): Promise<readonly boolean[] | string> =>
  set.ask('division', { share }).then(
    (held) => Array.from(held, Boolean),
    (error: unknown) => NeiroError.of(error).code
  )

test.each(Array.from({ length: 30 }, (_, i) => i + 1))('says what the plain one says: %i', async (seed) => {
  const chance = new Chance(seed * 7919)
  const files = Array.from({ length: 1 + chance.below(3) }, (_, i) => randomFile(chance, `s${i + 1}`))
  const edits = randomEdits(chance, chance.below(3) === 0 ? [] : files)
  const chosen = normalisations.filter(() => chance.below(3) === 0)
  const plain = new PlainSet(files, edits, chosen)
  const source = {
    id: `set ${seed}`,
    files: await Promise.all(
      files.map(async ({ id, name, examples, refused, heldOutRows, tables }): Promise<SetFile> => ({
        ...{ id, name, heldOutRows, tables },
        kept: await kept(examples, refused)
      }))
    ),
    edits: [...edits],
    normalisations: chosen
  }
  const set = await new KeepingHere().open(source)

  const { examples, kinds, ofFiles, refused, places, heldOut, splitProblem } = set.facts
  expect(examples).toBe(plain.all.length)
  for (const [kind, count] of Object.entries(kinds))
    expect(count, kind).toBe(plain.all.filter(({ example }) => example.kind === kind).length)
  for (const { id } of files) expect(ofFiles[id]).toBe(plain.all.filter(({ file }) => file === id).length)
  expect(refused).toBe(plain.refused().length)
  expect(places).toEqual(plain.places())
  const usual = plain.heldOut(0.1)
  expect(splitProblem?.code ?? Array.from(await set.ask('division', { share: 0.1 }), Boolean)).toEqual(usual)
  if (typeof usual !== 'string') expect(heldOut).toBe(usual.filter(Boolean).length)
  for (const share of [0, 0.3]) expect(await division(set, share)).toEqual(plain.heldOut(share))

  const rows = (await set.ask('rows', { offset: 0, limit: 1000, search: '' })).rows
  expect(rows).toEqual(
    plain.all.map(({ index, example, edited }, i) => ({
      ...{ index, edited, kind: example.kind, file: example.source.file, row: example.source.row },
      ...{ sheet: example.source.sheet ?? null, heldOut: usual[i] === true },
      ...kindOf(example).pair(example)
    }))
  )
  expect(await everyRow(set)).toEqual(plain.all.map(({ index }) => index))
  const all: Example[] = []
  for await (const part of examplesOf(set)) all.push(...part)
  expect(all).toEqual(plain.all.map(({ example }) => example))
  expect((await set.ask('part', { from: 3, limit: 5 })).length).toBe(Math.max(0, Math.min(5, all.length - 3)))

  for (let i = 0; i < 12; i++) {
    const search = i < 2 ? chance.pick(['faq', 'abc']) : randomText(chance)
    if (search.trim() === '') continue
    expect(await everyRow(set, search), JSON.stringify(search)).toEqual(plain.search(search))
  }
  for (let i = 0; i < 20; i++) {
    const index = chance.below(140)
    const wanted = plain.all.find((one) => one.index === index)
    expect((await set.ask('example', { index }))?.example).toEqual(wanted?.example)
    const file = chance.pick([null, ...files.map(({ id }) => id)])
    const ofFile = plain.all.filter((one) => file === null || one.file === file)
    const shown = await set.ask('shown', { file, at: index })
    expect(shown?.shown.index).toBe(ofFile[Math.min(index, ofFile.length - 1)]?.index)
    if (shown) expect(shown).toMatchObject({ count: ofFile.length, at: Math.min(index, ofFile.length - 1) })
  }
  for (const [offset, limit] of [
    [0, 1000],
    [2, 3],
    [9, 4],
    [1000, 5]
  ] as const) {
    const page = await set.ask('refused', { offset, limit })
    expect(page).toEqual({
      total: refused,
      rows: plain
        .refused()
        .slice(offset, offset + limit)
        .map((row) => expect.objectContaining({ row }) as unknown)
    })
  }
})

describe('a set of many', () => {
  test('is searched across the pieces in which its texts are read', async () => {
    const chance = new Chance(77)
    const long = 'ながい文章です。'.repeat(3000)
    const examples = Array.from({ length: 120 }, (_, row): Example => ({
      kind: 'text',
      text: `${long.slice(0, chance.below(long.length))}目印${row % 10}。${long.slice(0, chance.below(long.length))}`,
      source: { file: 'a.txt', row }
    }))
    const file = { id: 's1', name: 'a.txt', heldOutRows: null, tables: [], kept: await kept(examples, []) }
    const set = await new KeepingHere().open({ id: 'many', files: [file], edits: [], normalisations: [] })
    for (let digit = 0; digit < 10; digit++) {
      const found = await everyRow(set, `目印${digit}`)
      expect(found).toEqual(Array.from({ length: 12 }, (_, i) => 10 * i + digit))
    }
    expect(await everyRow(set, long.slice(0, 9000))).toEqual(
      examples.flatMap(({ source, ...one }) =>
        one.kind === 'text' && one.text.includes(long.slice(0, 9000)) ? [source.row] : []
      )
    )
  })

  test('comes in parts, each example once', async () => {
    const examples = Array.from({ length: 2 * partSize + 3 }, (_, row): Example => ({
      kind: 'text',
      text: `t${row}`,
      source: { file: 'a.txt', row }
    }))
    const file = { id: 's1', name: 'a.txt', heldOutRows: null, tables: [], kept: await kept(examples, []) }
    const set = await new KeepingHere().open({
      ...{ id: 'parts', files: [file], normalisations: [] },
      edits: [[editKey('s1', undefined, partSize), { removed: true }]]
    })
    const rows: number[] = []
    for await (const part of examplesOf(set)) rows.push(...part.map(({ source }) => source.row))
    expect(rows).toEqual(examples.map(({ source }) => source.row).filter((row) => row !== partSize))
  })

  test('equal questions have one hash, others another', () => {
    const chance = new Chance(5)
    const seen = new Map<string, string>()
    for (let i = 0; i < 20_000; i++) {
      const key = `${randomText(chance)}${chance.below(3000)}`
      const hash = hashOf(key).join(' ')
      expect(seen.get(hash) ?? key).toBe(key)
      seen.set(hash, key)
    }
    const asked = (content: string): string =>
      questionKey({
        kind: 'conversation',
        messages: [{ role: 'user', content }],
        source: { file: 'f', row: 1 }
      })
    expect(asked('ＡＢＣ  ですか \n')).toBe(asked('abc ですか'))
  })
})

test('of each kind that is learnt by itself a part is held out, also of pairs made of questions that were held out', async () => {
  const ask = (i: number): Message[] => [{ role: 'user', content: `質問 ${i}` }]
  const talks = Array.from({ length: 60 }, (_, i): Example => ({
    kind: 'conversation',
    messages: [...ask(i), { role: 'assistant', content: 'はい' }],
    source: { file: 'a', row: i + 1 }
  }))
  const alone = await new KeepingHere().open(setOf('alone', [{ id: 'a', kept: await kept(talks, []) }]))
  const before = await division(alone, 0.1)
  const asked = talks.flatMap((_, i) => (before[i] === true ? [i] : []))
  const pairs = asked.map((i, at): Example => ({
    ...{ kind: 'preference', messages: ask(i), chosen: '良い', rejected: '悪い' },
    source: { file: 'b', row: at + 1 }
  }))
  const both = await new KeepingHere().open(
    setOf('both', [
      { id: 'a', kept: await kept(talks, []) },
      { id: 'b', kept: await kept(pairs, []) }
    ])
  )
  const held = (await division(both, 0.1)) as readonly boolean[]
  expect(held.slice(0, 60)).toEqual(before)
  expect(held.slice(60).filter(Boolean)).toHaveLength(1)
})

const setOf = (id: string, files: readonly { readonly id: string; readonly kept: string }[]): SetSource => ({
  id,
  files: files.map((file) => ({ ...file, name: file.id, heldOutRows: null, tables: [] })),
  edits: [],
  normalisations: []
})
