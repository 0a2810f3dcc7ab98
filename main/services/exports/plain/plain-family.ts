// What a family says where its config is silent, and what many of them say.
import type { ConfigJson } from './plain-fields'
import type { LayerNorms, PlainConfig } from './plain-shape'

export interface Family {
  /** where the config is silent; as many as heads */
  readonly kvHeads?: number
  /** hidden size through heads */
  readonly headDim?: number
  readonly positions: number
  readonly epsilon: number
  /** 10,000 */
  readonly theta?: number
  /** layers with a window turn by a rope of their own, with this base */
  readonly nearTheta?: (config: ConfigJson) => number
  /** of a config without any */
  readonly rope?: ConfigJson
  /** share of a head that is turned; all of it */
  readonly turned?: number
  readonly tied?: boolean
  readonly norms: LayerNorms
  readonly biases: (config: ConfigJson) => PlainConfig['biases']
  readonly windows?: (config: ConfigJson, layers: number) => readonly (number | null)[]
  /** layers that turn; all */
  readonly turns?: (
    config: ConfigJson,
    layers: number,
    windows: readonly (number | null)[]
  ) => readonly boolean[]
  readonly more?: (config: ConfigJson, layers: number) => Partial<PlainConfig>
}

export const before: LayerNorms = {
  hears: 'input_layernorm',
  heard: null,
  thinks: 'post_attention_layernorm',
  thought: null
}

export const noBiases = { qkv: false, o: false, mlp: false }
export const attentionBiases = (config: ConfigJson): PlainConfig['biases'] => {
  const asked = config['attention_bias'] === true
  return { qkv: asked, o: asked, mlp: false }
}

export const every = (layers: number, window: number | null): (number | null)[] =>
  Array.from({ length: layers }, () => window)
