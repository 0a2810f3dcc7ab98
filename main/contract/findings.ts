// One row per finding of a check-up of the examples: how much harm it does, and what puts it right. Its words stand in
// main/words/findings. Imports nothing.

/** What a piece of personal data is; each has a placeholder of its own. */
export const personalKinds = [
  'secret-url',
  'secret',
  'mail',
  'licence',
  'passport',
  'bank-account',
  'card',
  'my-number',
  'corporate-number',
  'phone',
  'birth-date',
  'postcode',
  'address',
  'ip',
  'mac',
  'own-number',
  'name'
] as const
export type PersonalKind = (typeof personalKinds)[number]

/** mask: placeholders instead; strip: what does not belong there is taken out; keep-one: of those that are alike;
 *  leave-out: the rows; unify: one notation; null: nothing that a click could do. */
export type RepairKind = 'mask' | 'strip' | 'keep-one' | 'leave-out' | 'unify'

/** Rows go, and none is put otherwise. */
export const leavesOut = (repair: RepairKind): boolean => repair === 'keep-one' || repair === 'leave-out'

export interface FindingRow {
  /** 3: hurts somebody, or the proof; 2: is learnt and wrong; 1: makes the result weaker; 0: advice */
  readonly harm: 3 | 2 | 1 | 0
  readonly repair: RepairKind | null
}

export const findingRows = {
  'personal-data': { harm: 3, repair: 'mask' },
  contradictions: { harm: 2, repair: 'keep-one' },
  'other-labels': { harm: 2, repair: 'keep-one' },
  leakage: { harm: 3, repair: 'leave-out' },
  mojibake: { harm: 2, repair: 'leave-out' },
  'forbidden-words': { harm: 2, repair: 'leave-out' },
  'empty-answers': { harm: 2, repair: 'leave-out' },
  placeholders: { harm: 2, repair: 'leave-out' },
  repeating: { harm: 2, repair: 'leave-out' },
  'too-long': { harm: 2, repair: 'leave-out' },
  duplicates: { harm: 1, repair: 'keep-one' },
  'near-duplicates': { harm: 1, repair: 'keep-one' },
  'mail-rests': { harm: 1, repair: 'strip' },
  markup: { harm: 1, repair: 'strip' },
  'machine-phrases': { harm: 1, repair: 'leave-out' },
  'only-greeting': { harm: 1, repair: 'leave-out' },
  'too-short': { harm: 1, repair: 'leave-out' },
  politeness: { harm: 1, repair: 'leave-out' },
  languages: { harm: 1, repair: 'leave-out' },
  notation: { harm: 1, repair: 'unify' },
  labels: { harm: 1, repair: null },
  topics: { harm: 0, repair: null },
  'few-of-topic': { harm: 0, repair: null },
  'too-few': { harm: 0, repair: null },
  knowledge: { harm: 0, repair: null }
} as const satisfies Readonly<Record<string, FindingRow>>

export type FindingKind = keyof typeof findingRows

export const findingKinds = Object.keys(findingRows) as readonly FindingKind[]
