// The metadata of a GGUF file that only the product knows: names and licence, the tokenizer, the chat template that
// was trained with, where an answer ends. Sizes and rotation are the engine's. Pure.
import type { GgufEntry } from '../../../../addon/index'
import type { GgufVocabulary } from '../../tokens/gguf/vocabulary'

export interface GgufFacts {
  /** of the model, as programs list it */
  readonly name: string
  readonly baseName: string
  readonly licence: string | null
  /** absent in an adapter's file: it speaks with the base's */
  readonly text?: GgufText
}

export interface GgufText {
  readonly vocabulary: GgufVocabulary
  readonly template: string
  /** bos_token: templates write it; null: there is none */
  readonly begin: number | null
  /** the tokenizer puts it before every text by itself */
  readonly addsBegin: boolean
  /** an answer ends at one of these; the learnt one comes first */
  readonly ends: readonly number[]
  readonly unknown: number | null
  readonly padding: number | null
}

export function ggufEntries({ name, baseName, licence, text }: GgufFacts): GgufEntry[] {
  return [
    { key: 'general.name', type: 'text', value: name },
    ...(licence === null ? [] : [{ key: 'general.license', type: 'text', value: licence } as const]),
    { key: 'general.base_model.count', type: 'u32', value: 1 },
    { key: 'general.base_model.0.name', type: 'text', value: baseName },
    ...(text ? textEntries(text) : [])
  ]
}

function textEntries({
  vocabulary,
  template,
  begin,
  addsBegin,
  ends,
  unknown,
  padding
}: GgufText): GgufEntry[] {
  const { model, pre, tokens, types, scores, merges, addsSpace } = vocabulary
  const key = (name: string): string => `tokenizer.ggml.${name}`
  const id = (name: string, value: number | null | undefined): GgufEntry[] =>
    value === null || value === undefined ? [] : [{ key: key(`${name}_token_id`), type: 'u32', value }]
  // the file has room for three ends of different names; all of them stop an answer
  const [eos, eot, eom] = ends
  return [
    { key: key('model'), type: 'text', value: model },
    { key: key('pre'), type: 'text', value: pre },
    { key: key('tokens'), type: 'texts', value: tokens },
    { key: key('token_type'), type: 'i32s', value: types },
    ...(scores ? [{ key: key('scores'), type: 'f32s', value: scores } as const] : []),
    ...(merges ? [{ key: key('merges'), type: 'texts', value: merges } as const] : []),
    ...id('bos', begin),
    ...id('eos', eos),
    ...id('eot', eot),
    ...id('eom', eom),
    ...id('unknown', unknown),
    ...id('padding', padding),
    // what is not said falls back to the format's own idea of it
    { key: key('add_bos_token'), type: 'bool', value: addsBegin },
    { key: key('add_eos_token'), type: 'bool', value: false },
    ...(addsSpace === null
      ? []
      : [{ key: key('add_space_prefix'), type: 'bool', value: addsSpace } as const]),
    { key: 'tokenizer.chat_template', type: 'text', value: template }
  ]
}
