// Vocabularies of GGUF files: every row has its token, splits are known by their rules, SentencePiece's scores merge as
// the list of pairs does, and what cannot be said is refused.
import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { NeiroError } from '../../../../main/contract/errors'
import { scoresOfMerges } from '../../../../main/services/tokens/gguf/merge-scores'
import { splitNameOf } from '../../../../main/services/tokens/gguf/split-names'
import { ggufVocabulary, vocabularyOf } from '../../../../main/services/tokens/gguf/vocabulary'
import { ggufTokenTypes as types } from '../../../../main/services/tokens/gguf/format'
import { sharedData } from '../../../fixtures/shared-data'

const starter = join(import.meta.dirname, '../../../../resources/starter/model')
const fileOf = (dir: string): Record<string, unknown> =>
  JSON.parse(readFileSync(join(dir, 'tokenizer.json'), 'utf8'))

test('byte-level: tokens by id, special ones as control, the pairs as text, spare rows as unused', async () => {
  const rows = 4096 + 3
  const made = await ggufVocabulary(starter, rows)
  const vocab = (fileOf(starter)['model'] as { vocab: Record<string, number> }).vocab
  expect(made).toMatchObject({ model: 'gpt2', pre: 'qwen2', scores: null, addsSpace: false, cut: 'same' })
  for (const [token, id] of Object.entries(vocab)) expect(made.tokens[id]).toBe(token)
  expect(made.tokens.slice(4093, 4096)).toEqual(['<|endoftext|>', '<|im_start|>', '<|im_end|>'])
  expect([...made.types.slice(4093)]).toEqual([
    ...Array(3).fill(types.control),
    ...Array(3).fill(types.unused)
  ])
  expect(new Set(made.tokens).size).toBe(rows)
  expect(made.merges?.every((merge) => merge.split(' ').length === 2)).toBe(true)
})

test('a token beyond the rows of the embedding is left out', async () => {
  const made = await ggufVocabulary(starter, 4094)
  expect(made.tokens).toHaveLength(4094)
  expect(made.tokens).not.toContain('<|im_end|>')
})

describe('the split before merging', () => {
  const byteLevel = (regex: boolean): object => ({
    ...{ type: 'ByteLevel', add_prefix_space: false, use_regex: regex }
  })
  const sequence = (...pretokenizers: object[]): object => ({ type: 'Sequence', pretokenizers })
  const digits = { type: 'Digits', individual_digits: true }

  test('is known by its rules', () => {
    expect(splitNameOf(byteLevel(true), false)).toBe('gpt-2')
    expect(splitNameOf(sequence(digits, byteLevel(true)), false)).toBe('smollm')
    const qwen = fileOf(starter)['pre_tokenizer']
    expect(splitNameOf(qwen, false)).toBe('qwen2')
    const text = JSON.stringify(qwen).replace('|\\\\p{N}|', '|\\\\p{N}{1,3}|')
    expect(splitNameOf(JSON.parse(text), true)).toBe('llama-bpe')
    expect(splitNameOf(JSON.parse(text), false)).toBe('dbrx')
  })

  test('has no name where a rule is another one', () => {
    expect(splitNameOf(null, false)).toBeNull()
    expect(splitNameOf(byteLevel(false), false)).toBeNull()
    expect(splitNameOf(sequence(digits), false)).toBeNull()
    expect(splitNameOf(sequence({ type: 'Whitespace' }, byteLevel(true)), false)).toBeNull()
    expect(splitNameOf({ type: 'ByteLevel', add_prefix_space: true }, false)).toBeNull()
    expect(splitNameOf(sequence({ ...digits, individual_digits: false }, byteLevel(true)), false)).toBeNull()
  })
})

test('what llama.cpp would read otherwise is refused by name', () => {
  const refused = (change: object): string => {
    try {
      vocabularyOf({ ...fileOf(starter), ...change }, 4096)
    } catch (error) {
      return (error as NeiroError).details['what'] ?? ''
    }
    return 'written'
  }
  expect(refused({})).toBe('written')
  expect(refused({ pre_tokenizer: { type: 'Whitespace' } })).toBe('pre_tokenizer')
  expect(refused({ normalizer: { type: 'Lowercase' } })).toBe('normalizer Lowercase')
  expect(refused({ model: { type: 'WordPiece', vocab: {} } })).toBe('WordPiece')
  expect(refused({ model: { type: 'Unigram', vocab: [['a', -1]], byte_fallback: false } })).toBe('Unigram')
})

test('Qwen folds text to its composed form: what is not composed is not promised', () => {
  const made = vocabularyOf({ ...fileOf(starter), normalizer: { type: 'NFC' } }, 4096)
  expect(made.cut).toBe('composed')
})

describe("SentencePiece's BPE", () => {
  const dir = sharedData('tokenizers/phi-3-mini')
  test.skipIf(dir === null)('Phi-3: bytes, unknown, control tokens, and scores without a doubt', async () => {
    const made = await ggufVocabulary(dir as string, 32_064)
    expect(made).toMatchObject({
      model: 'llama',
      pre: 'default',
      merges: null,
      addsSpace: true,
      cut: 'same'
    })
    expect([...made.types.slice(0, 4)]).toEqual([types.unknown, types.control, types.userDefined, types.byte])
    expect(made.tokens[32_007]).toBe('<|end|>')
    // the order of Llama's pieces is the order of their scores; its runs of spaces were put in later
    const scores = made.scores as Float32Array
    const pieces = [...scores.slice(260, 29_871)].filter((_, at) => !made.tokens[260 + at]?.includes('▁▁'))
    expect(pieces.every((score, at) => at === 0 || score < (pieces[at - 1] as number))).toBe(true)
  })

  test('the scores merge as the pairs do, on whatever pairs were learnt', () => {
    const letters = ['a', 'b', 'c', '▁']
    const learnt = fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 12 }).map((picks) => {
      const tokens = [...letters]
      const merges: (readonly [string, string])[] = []
      for (const [left, right] of picks) {
        const pair = [tokens[left % tokens.length] ?? '', tokens[right % tokens.length] ?? ''] as const
        if (!tokens.includes(pair.join(''))) tokens.push(pair.join(''))
        // as conversions do: all pairs that make the new token, one after the other
        for (const a of tokens)
          for (const b of tokens)
            if (a + b === pair.join('') && !merges.some(([x, y]) => x === a && y === b)) merges.push([a, b])
      }
      return { tokens, merges }
    })
    const text = fc.array(fc.constantFrom(...letters), { maxLength: 14 })
    let exact = 0
    fc.assert(
      fc.property(learnt, text, ({ tokens, merges }, characters) => {
        const { scores, isExact } = scoresOfMerges(
          tokens,
          new Int32Array(tokens.length).fill(types.normal),
          merges
        )
        if (!isExact) return
        exact++
        expect(mergedByScore(characters, tokens, scores).join('|')).toBe(
          mergedByRank(characters, merges).join('|')
        )
      }),
      { numRuns: 400 }
    )
    expect(exact).toBeGreaterThan(100)
  })

  test('pairs that no score can say are known', () => {
    const tokens = ['a', 'b', 'ab', 'ba', 'aba']
    const all = new Int32Array(5).fill(types.normal)
    const pairs = [
      ['a', 'b'],
      ['b', 'a'],
      ['ab', 'a'],
      ['a', 'ba']
    ] as const
    expect(scoresOfMerges(tokens, all, pairs).isExact).toBe(true)
    expect(scoresOfMerges(tokens, all, pairs.slice(0, 3)).isExact).toBe(false)
  })
})

/** By the list: the pair that stands first in it, the leftmost of these. */
function mergedByRank(
  characters: readonly string[],
  merges: readonly (readonly [string, string])[]
): string[] {
  const parts = [...characters]
  for (;;) {
    const ranks = parts
      .slice(1)
      .map((part, at) => merges.findIndex(([a, b]) => a === parts[at] && b === part))
    const known = ranks.filter((rank) => rank >= 0)
    if (known.length === 0) return parts
    const at = ranks.indexOf(Math.min(...known))
    parts.splice(at, 2, `${parts[at]}${parts[at + 1]}`)
  }
}

/** As SentencePiece does: the neighbours whose union has the highest score, the leftmost of these. */
function mergedByScore(
  characters: readonly string[],
  tokens: readonly string[],
  scores: Float32Array
): string[] {
  const parts = [...characters]
  for (;;) {
    const found = parts.slice(1).map((part, at) => {
      const id = tokens.indexOf(`${parts[at]}${part}`)
      return id < 0 ? -Infinity : (scores[id] ?? -Infinity)
    })
    const best = Math.max(-Infinity, ...found)
    if (best === -Infinity) return parts
    const at = found.indexOf(best)
    parts.splice(at, 2, `${parts[at]}${parts[at + 1]}`)
  }
}
