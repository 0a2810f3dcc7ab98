// What stands in the head of a GGUF file: its constants, for whoever reads or writes one. The same as
// addon/engine/io/gguf_format.h, which says the layout.

export const ggufMagic = 'GGUF'
export const ggufVersion = 3
export const ggufAlignment = 32

/** Number of a value's type in the file. */
export const ggufValueTypes = {
  u8: 0,
  i8: 1,
  u16: 2,
  i16: 3,
  u32: 4,
  i32: 5,
  f32: 6,
  bool: 7,
  text: 8,
  array: 9,
  u64: 10,
  i64: 11,
  f64: 12
} as const
export type GgufValueType = keyof typeof ggufValueTypes

/** tokenizer.ggml.token_type */
export const ggufTokenTypes = {
  normal: 1,
  unknown: 2,
  control: 3,
  userDefined: 4,
  unused: 5,
  byte: 6
} as const
