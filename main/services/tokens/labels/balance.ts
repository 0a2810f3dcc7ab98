// How evenly labels are spread over the examples, and which of them are so rare that they will hardly be learnt. Pure.
import { thresholds } from '../../doctor/thresholds'
import { byLabel } from './order'

export interface LabelCount {
  readonly label: string
  readonly train: number
  readonly heldOut: number
}

export interface Imbalance {
  readonly most: LabelCount
  /** far rarer than the most frequent one, or of hardly any examples, the rarest first */
  readonly rare: readonly LabelCount[]
}

type Counts = ReadonlyMap<string, number>

/** Of each label, the most frequent first. */
export function labelCounts(train: Counts, heldOut: Counts): readonly LabelCount[] {
  return [...new Set([...train.keys(), ...heldOut.keys()])]
    .map((label) => ({ label, train: train.get(label) ?? 0, heldOut: heldOut.get(label) ?? 0 }))
    .sort((a, b) => b.train - a.train || byLabel(a.label, b.label))
}

/** Null where every label has enough examples to be learnt like the others. */
export function imbalanceOf(counts: readonly LabelCount[]): Imbalance | null {
  const [most] = counts
  if (!most) return null
  const { ratio, least } = thresholds.labelBalance
  const rare = counts.filter(({ train }) => train < least || train * ratio <= most.train)
  return rare.length === 0 ? null : { most, rare: rare.toReversed() }
}
