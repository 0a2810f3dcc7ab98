// Examples written in the forms of other programs, and read back by our own readers as what they were.
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Example } from '../../../../main/contract/records'
import { readData } from '../../../../main/services/dataset/read/read-paths'
import { formOfFile, savedFile } from '../../../../main/services/dataset/set/save-file'
import { saveForms, type SaveFormName } from '../../../../main/services/dataset/set/save-forms'
import { learnt, room } from '../project'

const example = (question: string, answer: string, system?: string): Example => ({
  kind: 'conversation',
  messages: [
    ...(system === undefined ? [] : [{ role: 'system' as const, content: system }]),
    { role: 'user', content: question },
    { role: 'assistant', content: answer }
  ],
  source: { file: 'f', row: 1 }
})
const examples = [
  example('送料はいくらですか。', '全国一律500円です。\n"お急ぎ"は別です。'),
  example('=HYPERLINK("http://a.example")', '-ありがとう, です'),
  example('営業時間は。', '9時から17時までです。')
]

async function* inLots(all: readonly Example[]): AsyncGenerator<readonly Example[]> {
  for (const one of all) yield [one]
}
async function bytesOf(file: string, form: SaveFormName, all: readonly Example[]) {
  const { content, count } = savedFile(file, form, () => inLots(all))
  const parts: Buffer[] = []
  for await (const part of content) parts.push(Buffer.from(part))
  return { bytes: Buffer.concat(parts), count }
}
const written = async (name: SaveFormName): Promise<string> =>
  (await bytesOf('out.jsonl', name, examples)).bytes.toString()
const line = (name: SaveFormName, one: Example): string =>
  saveForms[name](one, false)
    .map((record) => `${JSON.stringify(record)}\n`)
    .join('')

describe('forms', () => {
  test.each(['openai', 'alpaca', 'sharegpt'] as const)('%s is read back word for word', async (name) => {
    const file = join(mkdtempSync(join(tmpdir(), 'neiro-forms-')), `out.jsonl`)
    writeFileSync(file, await written(name))
    const here = room()
    await here.add(file)
    const { train, heldOut } = await learnt(here)
    const said = [...train, ...heldOut].join('\n')
    for (const one of examples)
      if (one.kind === 'conversation') for (const { content } of one.messages) expect(said).toContain(content)
  })

  test('a table begins so that Excel reads it, and no cell is a formula', async () => {
    const text = await written('csv')
    expect(text.startsWith('\uFEFF"question","answer"\r\n')).toBe(true)
    expect(text).toContain(`"'=HYPERLINK`)
    expect(text).toContain(`"'-ありがとう, です"`)
    expect(formOfFile('a.CSV')).toBe('csv')
    expect(formOfFile('a.jsonl')).toBe('openai')
  })

  test('system text and earlier turns find their place in Alpaca', () => {
    const turns: Example = {
      kind: 'conversation',
      messages: [
        { role: 'system', content: 's' },
        { role: 'user', content: 'a' },
        { role: 'assistant', content: 'b' },
        { role: 'user', content: 'c' },
        { role: 'assistant', content: 'd' }
      ],
      source: { file: 'f', row: 1 }
    }
    expect(JSON.parse(line('alpaca', turns))).toEqual({
      ...{ instruction: 'c', input: '', output: 'd', system: 's' },
      history: [['a', 'b']]
    })
    expect(line('sharegpt', { kind: 'text', text: 't', source: { file: 'f', row: 1 } })).toBe('')
  })

  test('preferences and rated answers are read back as what they were', async () => {
    const messages = [{ role: 'user' as const, content: '返品できますか。' }]
    const source = { file: 'f', row: 1 }
    const pair: Example = {
      kind: 'preference',
      messages,
      chosen: 'はい、承ります。',
      rejected: '無理。',
      source
    }
    const liked: Example = {
      kind: 'rated',
      messages: [...messages, { role: 'assistant', content: 'はい。' }],
      ...{ liked: false, source }
    }
    expect(line('openai', pair)).not.toBe('')
    expect(line('preference', liked)).toBe('')
    const dir = mkdtempSync(join(tmpdir(), 'neiro-forms-'))
    const kinds = { preference: line('preference', pair), rated: line('kto', liked) }
    for (const [kind, line] of Object.entries(kinds)) {
      writeFileSync(join(dir, `${kind}.jsonl`), line + line.replace('返品', '交換'))
      const here = room()
      await here.add(join(dir, `${kind}.jsonl`))
      const { rows } = await here.data.rows({ dir: here.dir, offset: 0, limit: 5, search: '' })
      expect(rows.map((row) => [row.kind, row.question])).toEqual([
        [kind, '返品できますか。'],
        [kind, '交換できますか。']
      ])
    }
    expect(line('kto', pair).match(/"label":(?:true|false)/g)).toEqual(['"label":true', '"label":false'])
  })
  test.each(['openai', 'alpaca', 'sharegpt', 'csv'] as const)(
    '%s as Parquet is read back word for word',
    async (form) => {
      const turns = example('一', '二', '丁寧に')
      const all = form === 'csv' ? examples : [...examples, turns]
      const { bytes, count } = await bytesOf('out.parquet', form, all)
      const file = join(mkdtempSync(join(tmpdir(), 'neiro-forms-')), 'out.parquet')
      writeFileSync(file, bytes)
      const read = await readData([file])
      expect(read.examples.map((one) => ('messages' in one ? one.messages : []))).toEqual(
        all.map((one) => ('messages' in one ? one.messages : []))
      )
      expect(count).toEqual({ saved: all.length, leftOut: 0 })
    }
  )

  test('a Parquet file of nothing is refused by name, and one of two kinds keeps both', async () => {
    await expect(bytesOf('out.parquet', 'alpaca', [])).rejects.toMatchObject({ code: 'NOTHING_TO_SAVE' })
    const text: Example = { kind: 'text', text: '社史', source: { file: 'f', row: 1 } }
    const { bytes } = await bytesOf('out.parquet', 'openai', [examples[0] as Example, text])
    expect(bytes.includes('社史')).toBe(true)
  })
})
