// What a feed-forward bends its gate with, by its name in a config.
import { NotPlain, type ConfigJson } from './plain-fields'

type Activation = (z: number) => number

const silu: Activation = (z) => z / (1 + Math.exp(-z))
/** GELU by its approximation (Hendrycks & Gimpel 2016) */
export const geluTanh: Activation = (z) =>
  0.5 * z * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (z + 0.044715 * z * z * z)))

const activations: Readonly<Record<string, Activation>> = {
  silu,
  swish: silu,
  gelu_pytorch_tanh: geluTanh,
  gelu_new: geluTanh
}

export function activation(config: ConfigJson, name: string, fallback: string): Activation {
  const said = String(config[name] ?? fallback)
  const known = activations[said]
  if (!known) throw new NotPlain(said)
  return known
}
