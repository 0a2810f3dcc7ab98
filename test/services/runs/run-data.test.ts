// What a run learns from, as files of its folder that every reader of data understands.
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import type { Example } from '../../../main/contract/records'
import { defaultSettings } from '../../../main/contract/settings'
import { readData } from '../../../main/services/dataset/read/read-paths'
import { differencesOf } from '../../../main/services/runs/differences'
import { readKept, runData } from '../../../main/services/runs/run-data'

const source = { file: 'faq.xlsx', sheet: '料金', row: 3 }
const talk = (...contents: string[]): Example => ({
  kind: 'conversation',
  messages: contents.map((content, at) => ({ role: at % 2 === 0 ? 'user' : 'assistant', content })),
  source
})
const text = (content: string): Example => ({ kind: 'text', text: content, source })

/** All that is learnt, whatever the order: shapes are kept in files of their own. */
const contents = (examples: readonly Example[]): string[] =>
  examples.map((example) => JSON.stringify(example.kind === 'text' ? example.text : example.messages)).sort()

test('the files read back as the same examples, and the held-out questions in their order', async () => {
  const train = [
    talk('送料は\nいくら"ですか"', 'はい、550円です。'),
    text('社内の文書\n二行目'),
    talk('一', '二', '三', '四')
  ]
  const heldOut = [talk('返品は', '承ります。'), talk('在庫は', 'ございます。')]
  const { files, ...lists } = await runData({ train, heldOut })
  expect(lists).toEqual({
    train: ['data/train.jsonl', 'data/train-texts.jsonl'],
    heldOut: ['data/held-out.jsonl']
  })
  const dir = mkdtempSync(join(tmpdir(), 'neiro-run-data-'))
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, name)), { recursive: true })
    writeFileSync(join(dir, name), content)
  }
  const read = await readData(lists.train.map((name) => join(dir, name)))
  expect(read.report.refused).toEqual([])
  expect(contents(read.examples)).toEqual(contents(train))
  for (const [part, examples] of [
    ['train', train],
    ['held-out', heldOut]
  ] as const) {
    const kept = (await readKept(dir, part)) ?? []
    expect(contents(kept)).toEqual(contents(examples))
    // texts behind conversations, both in their order
    const [talks, texts] = ['conversation', 'text'].map((kind) => examples.filter((one) => one.kind === kind))
    expect(kept.map(({ kind }) => kind)).toEqual([...(talks ?? []), ...(texts ?? [])].map(({ kind }) => kind))
  }
})

test('without a held-out part there is no file of it', async () => {
  expect(await runData({ train: [text('a')], heldOut: [] })).toMatchObject({
    train: ['data/train-texts.jsonl'],
    heldOut: []
  })
  const dir = mkdtempSync(join(tmpdir(), 'neiro-run-data-'))
  // such a folder does not say what was kept out
  expect(await readKept(dir, 'held-out')).toBeNull()
  mkdirSync(join(dir, 'data'))
  expect(await readKept(dir, 'held-out')).toEqual([])
})

test('settings that differ between runs, as a recipe writes them', () => {
  const runs = [
    { settings: defaultSettings },
    { settings: { ...defaultSettings, learningRate: 1e-3, targetModules: ['q_proj', 'v_proj'] as const } }
  ]
  expect(differencesOf(runs).map(({ key }) => key)).toEqual(['targetModules', 'learningRate'])
  expect(differencesOf(runs)[0]?.values[1]).toBe('q_proj, v_proj')
  expect(differencesOf(runs.slice(1))).toEqual([])
})
