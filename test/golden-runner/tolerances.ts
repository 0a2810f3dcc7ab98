// Which tolerance belongs to a case: tolerances.json of the folder that is run, else the repository's,
// else the general figures of golden/README.md.
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { compute } from './engine'

export interface Tolerances {
  readonly logits: number
  readonly loss: number
  readonly gradients: number
  readonly step_losses: number
  readonly grad_norms: number
  readonly final_weights: number
}

/** Where no case-specific figure is given: of F32, and of products in BF16 (golden/README.md; it has none for what
 *  steps end at, where AdamW blows up what rounding left of small gradients). */
export const general = compute === 'bf16' ? 3e-2 : 5e-5
/** of gradients, where no case-specific figure is given */
export const ofGradients = compute === 'bf16' ? 1e-1 : general
const generalTolerances: Tolerances = {
  logits: general,
  loss: general,
  gradients: ofGradients,
  step_losses: ofGradients,
  grad_norms: ofGradients,
  final_weights: compute === 'bf16' ? 2e-1 : general
}

type File = { readonly cases: Readonly<Record<string, Readonly<Record<'f32' | 'bf16', Tolerances>>>> }

export function tolerancesFor(folder: string, name: string): Tolerances {
  for (const place of [folder, resolve(folder, '..'), resolve(import.meta.dirname, '../golden')]) {
    const file = join(place, 'tolerances.json')
    if (!existsSync(file)) continue
    const found = (JSON.parse(readFileSync(file, 'utf8')) as File).cases[name]?.[compute]
    if (found) return { ...generalTolerances, ...found }
  }
  return generalTolerances
}
