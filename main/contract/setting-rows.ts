// What a row of the table of settings may be: its kinds, one maker each, and the choices that decide which others say
// anything. Imports nothing but its neighbours.
import type { MethodKey } from './methods'
import type { TextForm } from './setting-texts'

/** What may be put beside the frozen base, in PEFT's words. */
export const adapterKinds = ['lora', 'vera', 'ia3', 'prompt', 'prefix', 'p-tuning'] as const
export type AdapterKind = (typeof adapterKinds)[number]
/** Those that stand around layers. */
export const layerKinds = ['lora', 'vera', 'ia3'] as const satisfies readonly AdapterKind[]
/** The others put rows of their own before each example, and learn token by token what is written: scores and what is
 *  compared with the base alone are counted without such rows. */
export const virtualKinds = ['prompt', 'prefix', 'p-tuning'] as const satisfies readonly AdapterKind[]
export const virtualMethods = ['sft', 'continued'] as const satisfies readonly MethodKey[]

/** In Transformers' words. */
export const scheduleKinds = [
  'linear',
  'cosine',
  'cosine_with_restarts',
  'polynomial',
  'constant',
  'constant_with_warmup'
] as const
export type ScheduleKind = (typeof scheduleKinds)[number]

export interface Row<T> {
  readonly default: T
  /** the field's term, as shown beside the plain word */
  readonly term: string
  /** those that it is for; absent: every one */
  readonly methods?: readonly MethodKey[]
  /** kinds of adapters that it is for; absent: every one */
  readonly adapters?: readonly AdapterKind[]
  /** learning-rate schedules that it is for; absent: every one */
  readonly schedules?: readonly ScheduleKind[]
  readonly group: 'adapter' | 'places' | 'training' | 'schedule' | 'memory' | 'evaluation'
}
export interface NumberRow extends Row<number> {
  readonly kind: 'integer' | 'number'
  readonly min: number
  readonly max: number
  readonly unit?: 'tokens' | 'steps' | 'epochs' | 'examples'
  /** what 0 stands for, where it is no number of the setting: Neiro chooses, or there is none of it */
  readonly zero?: 'automatic' | 'none'
}
export interface ChoiceRow<T extends string> extends Row<T> {
  readonly kind: 'choice'
  readonly choices: readonly T[]
}
export interface SwitchRow extends Row<boolean> {
  readonly kind: 'switch'
}
export interface ListRow<T extends string> extends Row<readonly T[]> {
  readonly kind: 'list'
  readonly choices: readonly T[]
  /** the choice that stands for all others that the model has */
  readonly whole: NoInfer<T>
}

export interface TextRow extends Row<string> {
  readonly kind: 'text'
  readonly form: TextForm
}

export const integer = (row: Omit<NumberRow, 'kind'>): NumberRow => ({ kind: 'integer', ...row })
export const number = (row: Omit<NumberRow, 'kind'>): NumberRow => ({ kind: 'number', ...row })
export const choice = <const T extends string>(row: Omit<ChoiceRow<T>, 'kind'>): ChoiceRow<T> => ({
  kind: 'choice',
  ...row
})
export const toggle = (row: Omit<SwitchRow, 'kind'>): SwitchRow => ({ kind: 'switch', ...row })
export const list = <const T extends string>(row: Omit<ListRow<T>, 'kind'>): ListRow<T> => ({
  kind: 'list',
  ...row
})
export const text = (row: Omit<TextRow, 'kind' | 'default'>): TextRow => ({
  kind: 'text',
  default: '',
  ...row
})
