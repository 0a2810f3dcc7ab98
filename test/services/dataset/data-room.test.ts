// What the data room shows: pages and searches, refusals and their list for Excel, the built-in sample with its own
// held-out part, and examples and lengths as the model will see them.
import { appendFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Model } from '../../../main/services/models/read-model'
import type { ChosenModel } from '../../../main/services/dataset/data-sets'
import { histogramOf } from '../../../main/services/dataset/view/lengths'
import { encodeAll } from '../../../main/services/tokens/cut'
import { LoadedModelText } from '../../../main/services/tokens/loaded-model-text'
import { notLearnt } from '../../../main/services/tokens/kinds/kind'
import { templateFor } from '../../../main/services/tokens/chat-template'
import type { ModelText } from '../../../main/services/tokens/model-text'
import type { Tokenizer } from '../../../main/services/tokens/tokenizer'
import { smallTokenizer } from '../tokens/small-tokenizers'
import { Chance } from '../random'
import { writeData } from '../reading/write-file'
import { faq, learnt, room, sampleDir, splitAt, type Room } from './project'

const rows = ({ data, dir }: Room, search = '', offset = 0, limit = 100) =>
  data.rows({ dir, offset, limit, search })

describe('a large set', () => {
  test('is searched, and looked through for ways of writing, while other calls are answered', async () => {
    const here = room()
    const long = 'ﾅｶﾞｲ回答ﾃﾞｽ。'.repeat(60)
    const lines = Array.from({ length: 20_000 }, (_, i) => `質問${i}番はどうしますか,${long}${i}`)
    await here.add(writeData('large.csv', ['質問,回答', ...lines].join('\n')))
    const ends: string[] = []
    const ended = (name: string) => () => ends.push(name)
    // so many that the last one is still at it when the page is there, however fast the machine is
    const searches = Array.from({ length: 8 }, (_, i) =>
      rows(here, `nowhere to be found ${i}`).then(ended('search'))
    )
    const page = rows(here).then(ended('page'))
    await Promise.all([...searches, page])
    expect(ends).toHaveLength(9)
    expect(ends.at(-1)).toBe('search')
    const edit = here.data.editExample({ dir: here.dir, index: 0, answer: 'x' })
    expect((await rows(here, '文章', 0, 1)).total).toBe(0)
    const looked = (await edit).normalisations
    expect(looked[0]).toMatchObject({ kind: 'half-width-kana', places: 2 * 60 * 19_999 })
  })
})

describe('rows', () => {
  test('come by the page, and by search without regard to width and case', async () => {
    const here = room()
    await here.add(
      writeData('faq.csv', `${faq(40)}ＡＢＣのﾎﾞﾀﾝは？,<b>abc</b>\n`),
      writeData('a.txt', '終わりの文章')
    )
    const page = await rows(here, '', 10, 5)
    expect(page.total).toBe(42)
    expect(page.rows.map(({ index, row }) => [index, row])).toEqual(
      [10, 11, 12, 13, 14].map((i) => [i, i + 2])
    )
    expect(await rows(here, '', 1000, 5)).toEqual({ total: 42, rows: [] })
    // several words need not follow one another
    const several = (await rows(here, '回答7番　質問7')).rows
    expect(several.map(({ question }) => question)).toEqual(['質問7番はどうしますか'])
    for (const search of ['abcの', 'ＡＢＣ', 'ボタン', '<B>ABC']) {
      expect(
        (await rows(here, search)).rows.map(({ index }) => index),
        search
      ).toEqual([40])
    }
    expect((await rows(here, '  文章 ')).rows).toMatchObject([
      { file: 'a.txt', question: '', answer: '終わりの文章' }
    ])
    expect((await rows(here, 'faq.csv', 40, 10)).total).toBe(41)
    expect(await rows(here, '無い言葉')).toEqual({ total: 0, rows: [] })
  })

  test('say which are held out, as training will have it; equal questions stand together', async () => {
    const here = room()
    const same = Array.from({ length: 10 }, (_, i) => `同じ質問です,回答その${i}`).join('\n')
    await here.add(writeData('faq.csv', `${faq(30)}${same}\n`))
    const all = (await rows(here)).rows
    const text = ({ question, answer }: (typeof all)[number]): string => `u: ${question} | a: ${answer}`
    const { train, heldOut } = await learnt(here)
    expect(all.filter(({ heldOut }) => heldOut).map(text)).toEqual(heldOut)
    expect(all.filter(({ heldOut }) => !heldOut).map(text)).toEqual(train)
    expect(heldOut).toHaveLength(4)
    const equal = all.filter(({ question }) => question === '同じ質問です')
    expect(new Set(equal.map(({ heldOut }) => heldOut)).size).toBe(1)
  })
})

describe('refused rows', () => {
  const given = '質問,回答\n=1+1,\n,a\n"@SUM(A1)、""x""",\nq,a\n'

  test.each(['ja', 'en'] as const)(
    'stand in a list for Excel, as text whatever they begin with: %s',
    async (language) => {
      const here = room({ language })
      await here.add(writeData('faq.csv', given))
      const { name, text } = await here.data.refusedFile({ dir: here.dir })
      expect(name).toMatch(/\.csv$/)
      expect(text.startsWith('\uFEFF')).toBe(true)
      const lines = text.slice(1).trimEnd().split('\r\n')
      expect(lines).toHaveLength(4)
      const reason = language === 'ja' ? '回答がありません。' : 'There is no answer.'
      expect(lines[1]).toBe(`"faq.csv","","2","${reason}","'=1+1","","'=1+1"`)
      expect(lines[3]).toBe(`"faq.csv","","4","${reason}","'@SUM(A1)、""x""","","'@SUM(A1)、""x"""`)
    }
  )

  test('come by the page', async () => {
    const here = room()
    await here.add(writeData('faq.csv', given))
    const page = await here.data.refused({ dir: here.dir, offset: 1, limit: 1 })
    expect(page).toMatchObject({ total: 3, rows: [{ source: { row: 3 }, sentence: '質問がありません。' }] })
  })
})

describe('the built-in sample', () => {
  const stored = readFileSync(join(sampleDir, 'support-desk.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { question: string; answer: string; split: string })
  const said = (split: string): string[] =>
    stored.filter((row) => row.split === split).map((row) => `u: ${row.question} | a: ${row.answer}`)

  test('is there from the beginning, with the held-out part that its author drew', async () => {
    const here = room({ sample: true })
    expect(await here.data.hasData(here.dir)).toBe(true)
    const view = await here.data.get({ dir: here.dir, project: 'project-1' })
    expect(view).toMatchObject({ examples: stored.length, refused: 0, lastChange: null })
    expect(view.files).toMatchObject([{ file: 'support-desk.jsonl', language: 'mixed', error: null }])
    expect(await learnt(here)).toEqual({ train: said('train'), heldOut: said('held_out') })
    expect(await here.data.countOf(here.dir)).toBe(stored.length)
    // there is nothing to take back
    await expect(here.undo()).rejects.toMatchObject({ code: 'NOT_THE_LAST_CHANGE' })
  })

  test('beside own files, which get a held-out part of their own; removed, it stays away until undone', async () => {
    const here = room({ sample: true })
    const view = await here.add(writeData('faq.csv', faq(20)))
    expect(view.heldOut).toBe(said('held_out').length + 2)
    const without = await here.data.removeFile({ dir: here.dir, file: 's1' })
    expect(without).toMatchObject({ examples: 20, heldOut: 2 })
    expect((await room({ dir: here.dir }).data.get({ dir: here.dir })).examples).toBe(20)
    expect((await here.undo()).examples).toBe(stored.length + 20)
  })
})

describe('as the model sees it', () => {
  const chatMl = `{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}`
  let tokenizer: Tokenizer
  let chosen: ChosenModel & { readonly modelText: ModelText }
  const model = (chatTemplate: string | null): Model =>
    ({
      ...{ dir: 'm', name: 'm', chatTemplate, maxPositionEmbeddings: 128 },
      specialTokens: { bos_token: '<s>', eos_token: '</s>' }
    }) as unknown as Model
  const withTemplate = (chatTemplate: string | null): typeof chosen => {
    const tokens = { bosToken: '<s>', eosToken: '</s>' }
    const modelText = new LoadedModelText(tokenizer, () => templateFor(model(chatTemplate)), tokens)
    return { model: model(chatTemplate), modelText, systemPrompt: '' }
  }
  beforeAll(async () => {
    tokenizer = await smallTokenizer('byte-level')
    chosen = withTemplate(chatMl)
  })

  test('the template is applied, the answer is what is learnt', async () => {
    const here = room({ model: chosen })
    await here.add(
      writeData('faq.csv', 'question,answer\nhow,ans one\nwhat,ans two\n'),
      writeData('a.txt', 'text')
    )
    const shown = await here.data.preview({ dir: here.dir, file: 's1', index: 1 })
    expect(shown).toMatchObject({ index: 1, count: 2, cut: 0 })
    expect(shown.turns).toEqual([
      { role: 'user', text: 'what', learnt: false },
      { role: 'assistant', text: 'ans two', learnt: true }
    ])
    expect(shown.pieces).toEqual([
      { text: '<|im_start|>user\nwhat<|im_end|>\n<|im_start|>assistant\n', learnt: false },
      { text: 'ans two<|im_end|>', learnt: true },
      { text: '\n', learnt: false }
    ])
    const text = await here.data.preview({ dir: here.dir, file: null, index: 99 })
    expect(text).toMatchObject({ index: 2, count: 3 })
    expect(text.pieces.map(({ text, learnt }) => [text, learnt])).toEqual([
      ['<s>', false],
      ['text', true],
      ['</s>', true]
    ])
    await expect(here.data.preview({ dir: here.dir, file: 's9', index: 0 })).rejects.toMatchObject({
      code: 'NO_DATA'
    })
  })

  test('with the system prompt of the project, and what would be cut off', async () => {
    const here = room({ model: { ...chosen, systemPrompt: 'be kind' } })
    await here.add(writeData('faq.csv', `question,answer\nq,${'an '.repeat(200)}\n`))
    const shown = await here.data.preview({ dir: here.dir, file: null, index: 0 })
    expect(shown.turns[0]).toEqual({ role: 'system', text: 'be kind', learnt: false })
    expect(shown.pieces.map(({ text }) => text).join('')).toContain('<|im_start|>system\nbe kind<|im_end|>')
    expect(shown.cut).toBe(shown.tokens - 128)
    expect(shown.cut).toBeGreaterThan(100)
  })

  test.each([chatMl, null])('the tokens shown are the tokens learnt, with template %s', async (template) => {
    const own = withTemplate(template)
    const here = room({ model: own })
    await here.add(writeData('faq.csv', 'question,answer\nhow is it?,An answer.\n質問,返信です\n'))
    const options = { modelText: own.modelText, maxSeqLength: 128, lossOn: 'responses' as const }
    const { train, heldOut } = await splitAt(here)
    for (const [index, example] of [...train, ...heldOut]
      .sort((a, b) => a.source.row - b.source.row)
      .entries()) {
      const shown = await here.data.preview({ dir: here.dir, file: null, index })
      const [encoded] = (await encodeAll([example], options)).examples
      expect(shown.tokens).toBe(encoded?.tokens.length)
      const labels = [...(encoded?.labels ?? [])].filter((label) => label !== notLearnt)
      const learntText = shown.pieces.filter(({ learnt }) => learnt).map(({ text }) => text)
      expect(await tokenizer.decode(labels, false)).toBe(learntText.join(''))
    }
  })

  test('another share is held out for a run that wants one; a smaller part lies within a larger one', async () => {
    const here = room({ model: chosen })
    const rows = Array.from({ length: 40 }, (_, row) => `question ${row},answer ${row}`)
    await here.add(writeData('faq.csv', `question,answer\n${rows.join('\n')}\n`))
    const held = async (share?: number): Promise<number[]> =>
      (await splitAt(here, share)).heldOut.map(({ source }) => source.row)
    const [none, usual, more] = [await held(0), await held(), await held(0.3)]
    expect([none.length, usual.length, more.length]).toEqual([0, 4, 12])
    expect(more).toEqual(expect.arrayContaining(usual))
    expect((await splitAt(here, 0.3)).train).toHaveLength(28)
  })

  test('lengths are counted once for each state of the set', async () => {
    const here = room({ model: chosen })
    await here.add(writeData('faq.csv', `question,answer\nq,a\nq2,${'an '.repeat(60)}\nq3,b\n`))
    const histogram = await here.data.histogram({ dir: here.dir, maxSeqLength: 64 })
    expect(histogram.bins.reduce((sum, { examples }) => sum + examples, 0)).toBe(3)
    expect(histogram.cutExamples).toBe(1)
    const longest = await here.data.preview({ dir: here.dir, file: null, index: 1 })
    expect(histogram.longest).toBe(longest.tokens)
    // what the goal does not learn from has no length here
    await here.add(writeData('dpo.csv', `prompt,chosen,rejected\nq,${'an '.repeat(90)},b\nq2,a,b\n`))
    expect(await here.data.histogram({ dir: here.dir, maxSeqLength: 64 })).toEqual(histogram)
    await here.data.editExample({ dir: here.dir, index: 1, removed: true })
    expect((await here.data.histogram({ dir: here.dir, maxSeqLength: 64 })).cutExamples).toBe(0)
  })

  test('of two replies the longer one is counted, with its question: in the preview, among the lengths and at the limit', async () => {
    const here = room({ model: chosen })
    const goal = join(here.dir, 'project.json')
    writeFileSync(goal, readFileSync(goal, 'utf8').replace('"goal":"tone"', '"goal":"prefer"'))
    await here.add(writeData('dpo.csv', `prompt,chosen,rejected\nq,a,${'an '.repeat(60)}\nq2,a,b\n`))
    const { tokens } = await here.data.preview({ dir: here.dir, file: null, index: 0 })
    const at = (maxSeqLength: number) => here.data.histogram({ dir: here.dir, maxSeqLength })
    const { longest, cutExamples } = await at(tokens)
    expect({ longest, cutExamples }).toEqual({ longest: tokens, cutExamples: 0 })
    expect((await at(tokens - 1)).cutExamples).toBe(1)
    // of the preferred reply alone there are hardly any
    expect(tokens).toBeGreaterThan(60)
  })

  test('bars hold every length once, and the limit stands between two of them', () => {
    const chance = new Chance(2)
    for (let round = 0; round < 300; round++) {
      const max = chance.pick([8, 64, 100, 512, 1000, 1024, 4097])
      const most = chance.pick([10, 300, 5000, 100_000])
      const lengths = chance.list(50, () => ({
        tokens: 1 + chance.below(most),
        endsAtLimit: chance.next() > 0.2
      }))
      const { bins, cutExamples, longest, total } = histogramOf(lengths, max)
      expect(bins.length).toBeLessThanOrEqual(24)
      for (const { from, to, examples } of bins) {
        expect(examples).toBe(lengths.filter(({ tokens }) => tokens > from && tokens <= to).length)
        if (longest <= 24 * max) expect(from >= max || to <= max).toBe(true)
      }
      expect(cutExamples).toBe(
        lengths.filter(({ tokens, endsAtLimit }) => endsAtLimit && tokens > max).length
      )
      expect(longest).toBe(Math.max(0, ...lengths.map(({ tokens }) => tokens)))
      expect(total).toBe(lengths.reduce((sum, { tokens }) => sum + tokens, 0))
    }
  })
})

test('a large table leaves nothing behind but its examples', async () => {
  setFlagsFromString('--expose-gc')
  const gc = runInNewContext('gc') as () => void
  const heap = (): number => {
    gc()
    return process.memoryUsage().heapUsed
  }
  const here = room()
  const path = writeData('large.csv', '質問,回答,備考\n')
  // the long column is not used: it must not stay
  for (let i = 0; i < 20; i++) {
    const lines = Array.from({ length: 1000 }, (_, j) => `質問${i}-${j},回答${i}-${j},${'x'.repeat(2000)}`)
    appendFileSync(path, `${lines.join('\n')}\n`)
  }
  const before = heap()
  expect((await here.add(path)).examples).toBe(20_000)
  expect(heap() - before).toBeLessThan(24e6)
})

test('a file that says that it has more than the disk is not copied for hours; what is beside it is read', async () => {
  const here = room()
  const large = writeData('large.csv', faq(3))
  truncateSync(large, 2 ** 42)
  const { files } = await here.add(large, writeData('good.csv', faq(7)))
  expect(files.map(({ error, examples }) => [error?.code ?? null, examples])).toEqual([
    ['DATA_NO_ROOM', 0],
    [null, 7]
  ])
})
