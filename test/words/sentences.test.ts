// Sentences that fit what they are about, and one word for one thing: words that were given up do not come back.
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { windowWords } from '../../main/words/window'

const root = resolve(import.meta.dirname, '../../main/words')

/** The texts in a file of words, without its comments. */
function textsOf(language: 'ja' | 'en'): [string, string][] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && name.split(/[\\/.]/).includes(language))
    .map((name) => {
      const source = readFileSync(join(root, name), 'utf8').replace(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, '')
      return [name, [...source.matchAll(/'(?:\\.|[^'\\])*'|`[^`]*`/g)].join('\n')]
    })
}

describe('one word for one thing', () => {
  const old = {
    ja: [
      /持ち出/,
      /窓(?!口)/,
      /列の名前の行/,
      /たしかではありません/,
      /文字のファイルではありません/,
      /まんなか/,
      /のうち \d+[–〜]/,
      /読んだまま/,
      /使用条件/,
      /一歩の大きさ/,
      /この設定で新しく/,
      /まるごと1つに/,
      /差分だけを渡す/,
      /選べるものはありません/,
      /片づけ/,
      /思いがけない/,
      /記録（ログ）/,
      /明るい・暗い/,
      /受け取ったモデル/
    ],
    en: [/Anew with/, /Taken up again/, /Asked right now/, /How many do you write/, /Preparing the training/]
  }
  for (const language of ['ja', 'en'] as const)
    test(`no word that was given up stands in the words of ${language}`, () => {
      const texts = textsOf(language)
      expect(texts.length).toBeGreaterThan(10)
      const found = texts.flatMap(([name, text]) =>
        old[language].filter((word) => word.test(text)).map((word) => `${name}: ${word.source}`)
      )
      expect(found).toEqual([])
    })
})

test('how often the examples are read is said for what it is: for few rounds and for many', () => {
  for (const language of ['ja', 'en'] as const) {
    const { EPOCHS } = windowWords[language].train.reasons
    const said = (epochs: string): string => EPOCHS?.({ examples: 'all', epochs }).replace(epochs, '') ?? ''
    expect(said('3')).toBe(said('5'))
    expect(said('32')).not.toBe(said('5'))
    expect(said('32')).toBe(said('20'))
  }
})
