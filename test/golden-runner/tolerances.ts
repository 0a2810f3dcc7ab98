// Which tolerance belongs to a case: tolerances.json of the folder that is run, else the repository's,
// else the general figures of golden/README.md.
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

export interface Tolerances {
  readonly logits: number
  readonly loss: number
  readonly gradients: number
  readonly step_losses: number
  readonly grad_norms: number
  readonly final_weights: number
}

/** F32 where no case-specific figure is given. */
export const general = 5e-5
const generalTolerances: Tolerances = {
  logits: general,
  loss: general,
  gradients: general,
  step_losses: general,
  grad_norms: general,
  final_weights: general
}

type File = { readonly cases: Readonly<Record<string, { readonly f32: Tolerances }>> }

export function tolerancesFor(folder: string, name: string): Tolerances {
  for (const place of [folder, resolve(folder, '..'), resolve(import.meta.dirname, '../golden')]) {
    const file = join(place, 'tolerances.json')
    if (!existsSync(file)) continue
    const found = (JSON.parse(readFileSync(file, 'utf8')) as File).cases[name]?.f32
    if (found) return { ...generalTolerances, ...found }
  }
  return generalTolerances
}
