// The linear layers that a model folder has, by the last word of their names (q_proj, qkv_proj ...): what an adapter can be
// told to attach to. Read from the headers of its weights.
import { join } from 'node:path'
import { settingRows } from '../../contract/settings'
import { tensorPlacesIn } from '../../files/safetensors'
import { findWeights } from './model-files'
import { isGguf } from './small-files'

const known: readonly string[] = settingRows.targetModules.choices

/** In the order of the setting's choices; empty: not known, as of a GGUF file, whose tensors have other names. */
export async function layerNamesOf(place: string): Promise<readonly string[]> {
  if (isGguf(place)) return []
  const found = new Set<string>()
  for (const name of await findWeights(place)) {
    const tensors = await tensorPlacesIn(join(place, name))
    for (const tensor of tensors?.keys() ?? []) {
      const [layer = '', what] = tensor.split('.').slice(-2)
      if (what === 'weight') found.add(layer)
    }
  }
  return known.filter((layer) => found.has(layer))
}
