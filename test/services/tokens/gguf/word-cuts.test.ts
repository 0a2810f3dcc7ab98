// How text is cut into words under the names of GGUF files: as llama.cpp cuts it (recorded by `npm run
// reference:llama-cpp -- words` with NEIRO_RECORD), and, where its patterns are coarser than the models' own, as those are.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ggufTokenizer } from '../../../../main/services/tokens/gguf/gguf-tokenizer'
import { wordCutNames } from '../../../../main/services/tokens/gguf/pre-tokenizers'
import type { GgufHead } from '../../../../main/services/tokens/gguf/read-head'
import { Tokenizer } from '../../../../main/services/tokens/tokenizer'
import { awkwardTexts, foreignTexts, wordOf, wordVocabulary } from '../../../fixtures/word-vocabulary'

interface Group {
  readonly names: readonly string[]
  /** of each text */
  readonly words: readonly (readonly string[])[]
}
const groups = JSON.parse(
  readFileSync(join(import.meta.dirname, 'words-of-llama-cpp.json'), 'utf8')
) as readonly Group[]

const short = "(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])"
const upper = '[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]'
const lower = '[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]'
const rest = '| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+'
const cased = (digits: string, ends: string): RegExp =>
  new RegExp(
    `[^\\r\\n\\p{L}\\p{N}]?${upper}*${lower}+${ends}|[^\\r\\n\\p{L}\\p{N}]?${upper}+${lower}*${ends}|${digits}${rest}`,
    'gu'
  )
/** the models' own patterns, which llama.cpp renders without classes of capitals and marks */
const own: Readonly<Record<string, RegExp>> = {
  'gpt-4o': cased('\\p{N}{1,3}', `${short}?`),
  llama4: cased('\\p{N}{1,3}', `${short}?`),
  tekken: cased('\\p{N}', '')
}
/** text is composed first, which llama.cpp leaves out */
const composed = ['qwen2', 'deepseek-r1-qwen', 'megrez', 'qwen35']
const separate = 0

const { tokens, merges } = wordVocabulary([
  ...awkwardTexts,
  ...awkwardTexts.map((text) => text.normalize('NFC'))
])
const head = (name: string): GgufHead =>
  new Map<string, string | readonly (string | number)[]>([
    ['tokenizer.ggml.model', 'gpt2'],
    ['tokenizer.ggml.pre', name],
    ['tokenizer.ggml.tokens', tokens],
    ['tokenizer.ggml.token_type', tokens.map(() => 1)],
    ['tokenizer.ggml.merges', merges]
  ])
const wordsAs = async (name: string): Promise<readonly (readonly string[])[]> => {
  const tokenizer = await Tokenizer.fromText(ggufTokenizer(head(name), 'a.gguf').tokenizerJson)
  const ids = await tokenizer.encodeBatch(awkwardTexts)
  return ids.map((some) => [...some].map((id) => wordOf(tokens[id] ?? '')))
}

test('every name that is known was tried in llama.cpp', () => {
  expect(groups.flatMap(({ names }) => names).sort()).toEqual([...wordCutNames].sort())
})

describe.each(groups.map((group) => [group.names[0] ?? '', group] as const))(
  'cut as %s',
  (_, { names, words }) => {
    test.each(names)('%s', async (name) => {
      const cut = await wordsAs(name)
      const pattern = own[name]
      for (const [at, text] of awkwardTexts.entries()) {
        const isComposed = composed.includes(name) && at === separate
        if (isComposed) expect(cut[at]?.join('')).toBe(text.normalize('NFC'))
        else expect(cut[at]).toEqual(pattern && at < foreignTexts ? text.match(pattern) : words[at])
      }
    })
  }
)
