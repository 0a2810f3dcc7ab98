// Writes a trained vocabulary as the files that Hugging Face programs read: tokenizer.json and
// tokenizer_config.json with the chat template.
import type { Bpe } from './train-bpe'
import { qwen2Split } from './words'

export const specialTokens = ['<|endoftext|>', '<|im_start|>', '<|im_end|>'] as const

/** ChatML, as Qwen and many others write it. */
export const chatTemplate =
  "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n' }}{% endfor %}" +
  "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}"

export function specialId(bpe: Bpe, token: (typeof specialTokens)[number]): number {
  return bpe.vocabulary.length + specialTokens.indexOf(token)
}

export function tokenizerJson(bpe: Bpe): unknown {
  const byteLevel = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: false, use_regex: false }
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: specialTokens.map((content) => ({
      id: specialId(bpe, content),
      content,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
      special: true
    })),
    normalizer: null, // nothing may change: what goes in comes out
    pre_tokenizer: {
      type: 'Sequence',
      pretokenizers: [
        { type: 'Split', pattern: { Regex: qwen2Split }, behavior: 'Isolated', invert: false },
        byteLevel
      ]
    },
    post_processor: byteLevel,
    decoder: byteLevel,
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: '',
      end_of_word_suffix: '',
      fuse_unk: false,
      byte_fallback: false,
      ignore_merges: false,
      vocab: Object.fromEntries(bpe.vocabulary.map((token, id) => [token, id])),
      merges: bpe.merges.map(([left, right]) => `${left} ${right}`)
    }
  }
}

export function tokenizerConfig(bpe: Bpe, maxLength: number): unknown {
  return {
    tokenizer_class: 'PreTrainedTokenizerFast',
    added_tokens_decoder: Object.fromEntries(
      specialTokens.map((content) => [
        specialId(bpe, content),
        { content, lstrip: false, normalized: false, rstrip: false, single_word: false, special: true }
      ])
    ),
    bos_token: null,
    eos_token: '<|im_end|>',
    pad_token: '<|endoftext|>',
    unk_token: null,
    add_prefix_space: false,
    clean_up_tokenization_spaces: false,
    model_max_length: maxLength,
    chat_template: chatTemplate
  }
}
