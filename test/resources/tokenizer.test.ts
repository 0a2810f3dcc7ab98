// The starter's tokenizer: nothing is lost, no token glues scripts together, and the files are what others read.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { ChatTemplate } from '../../main/services/tokens/chat-template'
import { Tokenizer } from '../../main/services/tokens/tokenizer'
import { Chance } from '../../scripts/starter/grammar/random'
import { dialogues } from '../../scripts/starter/grammar/corpus'
import { learnTokenizer } from '../../scripts/starter/make-tokenizer'
import { byteStandIns, spell, unspell } from '../../scripts/starter/tokenizer/bytes'
import { trainBpe } from '../../scripts/starter/tokenizer/train-bpe'
import { cutWords } from '../../scripts/starter/tokenizer/words'

const modelDir = join(import.meta.dirname, '../../resources/starter/model')
const readJson = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(join(modelDir, name), 'utf8')) as Record<string, unknown>

describe('bytes', () => {
  test('have a stand-in each, and come back', () => {
    expect(new Set(byteStandIns).size).toBe(256)
    const text = 'お茶 🍵 a\u0000\u007f\u00ad\n'
    expect(Buffer.from(unspell(spell(text).join(''))).toString('utf8')).toBe(text)
  })
})

describe('words', () => {
  test('are runs of one script, and together the text', () => {
    const text = '月しろ茶舗のほうじ茶「宵待ち」は、1,080円です。 Is it 70 degrees? ﾊﾝｶｸ😀\n'
    const words = cutWords(text)
    expect(words.join('')).toBe(text)
    expect(words).toContain('茶舗')
    expect(words).toContain(' degrees')
    expect(words.filter((word) => /[一-龠][ぁ-ん]|[ぁ-ん][一-龠]|\d\d/u.test(word))).toEqual([])
  })
})

describe('training', () => {
  test('joins the most frequent pair first and the earlier one of equals', () => {
    const { merges } = trainBpe(
      new Map([
        ['ab', 5],
        ['cd', 5],
        ['bc', 9]
      ]),
      259
    )
    expect(merges).toEqual([
      ['b', 'c'],
      ['a', 'b'],
      ['c', 'd']
    ])
  })

  test('stops where nothing repeats', () => {
    expect(trainBpe(new Map([['xyz', 1]]), 300).merges).toEqual([])
  })

  test('never ends a token of several characters inside one', () => {
    const { merges } = trainBpe(new Map([['茶茶', 50]]), 300)
    const joined = merges.map(([left, right]) => Buffer.from(unspell(left + right)))
    for (const bytes of joined.filter((each) => each.length > 3)) expect(bytes.toString()).toBe('茶茶')
    expect(joined.at(-1)?.toString()).toBe('茶茶')
  })

  test('gives the same merges every time', () => {
    const once = learnTokenizer(700, 400)
    expect(learnTokenizer(700, 400)).toEqual(once)
    expect(once.vocabulary.length).toBe(697)
  })
})

describe('the finished tokenizer', () => {
  let tokenizer: Tokenizer
  beforeAll(async () => {
    tokenizer = await Tokenizer.load(modelDir)
  })

  test('has as many tokens as the config says', () => {
    expect(tokenizer.vocabSize).toBe(readJson('config.json')['vocab_size'])
  })

  test('gives any text back', async () => {
    const chance = new Chance(31)
    const texts = [
      '',
      '邂逅ﾊﾝｶｸ①髙﨑ー〜、。',
      "I'm sure: it's 5,400 yen\t\r\n\n  ok ",
      'e\u0301 が か\u3099 ﷽ 👩‍👩‍👧 \u200b\ufeff',
      'العربية हिन्दी 한국어 ไทย'
    ]
    for (let i = 0; i < 300; i++) {
      const points = Array.from({ length: 1 + chance.below(30) }, () => {
        const point = chance.below(chance.happens(0.5) ? 0x3100 : 0x110000)
        return point >= 0xd800 && point < 0xe000 ? 0x3042 : point
      })
      texts.push(String.fromCodePoint(...points))
    }
    expect(await tokenizer.decodeBatch(await tokenizer.encodeBatch(texts), false)).toEqual(texts)
    expect(await tokenizer.losesCharacters()).toEqual([])
  })

  test('gives every line of the corpus back, in few tokens', async () => {
    const lines = [...dialogues(77, 300)].flatMap(({ turns }) => turns.map((turn) => turn.content))
    const encoded = await tokenizer.encodeBatch(lines)
    expect(await tokenizer.decodeBatch(encoded, false)).toEqual(lines)
    const characters = lines.reduce((sum, line) => sum + line.length, 0)
    const tokens = encoded.reduce((sum, ids) => sum + ids.length, 0)
    expect(characters / tokens).toBeGreaterThan(1.8)
  })

  test('has one token for each mark of the chat template', async () => {
    for (const mark of ['<|endoftext|>', '<|im_start|>', '<|im_end|>', 'user', 'assistant', 'system']) {
      expect(await tokenizer.encode(mark), mark).toHaveLength(1)
    }
  })

  test('renders ChatML from its config', () => {
    const template = new ChatTemplate(String(readJson('tokenizer_config.json')['chat_template']), {})
    expect(template.render([{ role: 'user', content: 'こんにちは' }], true)).toBe(
      '<|im_start|>user\nこんにちは<|im_end|>\n<|im_start|>assistant\n'
    )
  })

  test('splits as Qwen2 does, so that other programs know it by name', () => {
    const split = readJson('tokenizer.json')['pre_tokenizer'] as {
      pretokenizers: { pattern: { Regex: string } }[]
    }
    expect(split.pretokenizers[0]?.pattern.Regex).toBe(
      "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"
    )
  })
})
