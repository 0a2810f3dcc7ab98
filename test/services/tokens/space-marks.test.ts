// Where marks for spaces stand, told from both files as Transformers 5.23 reads them (tried with its LlamaTokenizer).
import { describe, expect, test } from 'vitest'
import { saidOfClass, spaceMarksOf, spaceMarksOfClass } from '../../../main/services/tokens/space-marks'

describe('tokenizer.json', () => {
  const prepend = { type: 'Prepend', prepend: '▁' }
  const replace = { type: 'Replace', pattern: { String: ' ' }, content: '▁' }
  const metaspace = (own: object) => ({ type: 'Metaspace', replacement: '▁', ...own })
  test.each([
    ['always', { normalizer: { type: 'Sequence', normalizers: [prepend, replace] }, pre_tokenizer: null }],
    ['never', { normalizer: replace }],
    ['first', { pre_tokenizer: metaspace({ prepend_scheme: 'first' }) }],
    [
      'always',
      { pre_tokenizer: { type: 'Sequence', pretokenizers: [metaspace({ add_prefix_space: true })] } }
    ],
    ['never', { pre_tokenizer: metaspace({ add_prefix_space: false }) }],
    [null, { normalizer: { type: 'NFC' }, pre_tokenizer: { type: 'ByteLevel' } }],
    [null, {}]
  ])('%s', (marks, file) => expect(spaceMarksOf(file)).toBe(marks))
})

test.each([
  ['first', { tokenizer_class: 'LlamaTokenizer' }],
  ['first', { tokenizer_class: 'LlamaTokenizerFast', legacy: false, add_prefix_space: true }],
  ['always', { tokenizer_class: 'LlamaTokenizer', legacy: true }],
  ['never', { tokenizer_class: 'LlamaTokenizer', legacy: true, add_prefix_space: false }],
  [null, { tokenizer_class: 'PreTrainedTokenizerFast', legacy: false }],
  [null, {}]
])('tokenizer_config.json: %s', (marks, config) => expect(spaceMarksOfClass(config)).toBe(marks))

test.each(['always', 'first', 'never'] as const)('what an export says makes both one: %s', (marks) => {
  expect(spaceMarksOfClass({ tokenizer_class: 'LlamaTokenizer', ...saidOfClass(marks) })).toBe(marks)
})
