// What a run learns from, as files of its folder that every reader of data understands.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Example } from '../../../main/contract/records'
import { defaultSettings } from '../../../main/contract/settings'
import { readData } from '../../../main/services/dataset/read/read-paths'
import { differencesOf } from '../../../main/services/runs/differences'
import { readKept, RunDataWriter } from '../../../main/services/runs/run-data'

const source = { file: 'faq.xlsx', sheet: '料金', row: 3 }
const talk = (...contents: string[]): Example => ({
  kind: 'conversation',
  messages: contents.map((content, at) => ({ role: at % 2 === 0 ? 'user' : 'assistant', content })),
  source
})
const text = (content: string): Example => ({ kind: 'text', text: content, source })

/** In two lots, as a run is encoded. */
async function written(
  dir: string,
  part: 'train' | 'held-out',
  examples: readonly Example[]
): Promise<readonly string[]> {
  const writer = new RunDataWriter(dir, part)
  await writer.add(examples.slice(0, 1))
  await writer.add(examples.slice(1))
  await writer.close()
  return writer.files
}

/** All that is learnt, whatever the order: shapes are kept in files of their own. */
const contents = (examples: readonly Example[]): string[] =>
  examples.map((example) => JSON.stringify('messages' in example ? example.messages : example.text)).sort()

test('the files read back as the same examples, and the held-out questions in their order', async () => {
  const train = [
    // some read a line end in the sign between paragraphs
    talk('送料は\nいくら"ですか"', 'はい、\u2028550円です。'),
    text('社内の文書\n二行目'),
    talk('一', '二', '三', '四')
  ]
  const heldOut = [talk('返品は', '承ります。'), talk('在庫は', 'ございます。')]
  const dir = mkdtempSync(join(tmpdir(), 'neiro-run-data-'))
  const files = await written(dir, 'train', train)
  expect(files).toEqual(['data/train.jsonl', 'data/train-texts.jsonl'])
  expect(await written(dir, 'held-out', heldOut)).toEqual(['data/held-out.jsonl'])
  const read = await readData(files.map((name) => join(dir, name)))
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
  const dir = mkdtempSync(join(tmpdir(), 'neiro-run-data-'))
  // such a folder does not say what was kept out
  expect(await readKept(dir, 'held-out')).toBeNull()
  expect(await written(dir, 'train', [text('a')])).toEqual(['data/train-texts.jsonl'])
  expect(await written(dir, 'held-out', [])).toEqual([])
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
