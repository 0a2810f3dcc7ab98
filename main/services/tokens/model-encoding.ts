// What a model itself says of how its text is encoded; limits, what is learnt and the system prompt are the task's.
import type { Model } from '../models/read-model'
import { templateFor } from './chat-template'
import type { EncodeOptions } from './encode'
import type { Tokenizer } from './tokenizer'

type ModelEncoding = Pick<EncodeOptions, 'tokenizer' | 'template' | 'bosToken' | 'eosToken'>

/** The tokenizer is handed in: a large one takes seconds to load, and is loaded once. */
export function encodingOf(model: Model, tokenizer: Tokenizer): ModelEncoding {
  return {
    tokenizer,
    template: templateFor(model),
    bosToken: model.specialTokens['bos_token'] ?? null,
    eosToken: model.specialTokens['eos_token'] ?? null
  }
}
