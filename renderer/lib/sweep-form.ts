// What is typed into the form of a sweep: values of settings, and how much work they make. Pure.
import { settingRows, type SettingKey, type Settings } from '../../main/contract/settings'
import { rungsOf, type TriedSetting } from '../../main/contract/sweep'
import { settingNumber } from './setting-number'

export interface TriedRow {
  readonly key: SettingKey
  /** separated by commas */
  readonly text: string
}

/** The values, each once; null where one cannot be taken. */
export function valuesIn({ key, text }: TriedRow): readonly Settings[SettingKey][] | null {
  const row = settingRows[key]
  const parts = text
    .normalize('NFKC')
    .split(/[,、]/)
    .map((part) => part.trim())
    .filter(Boolean)
  const values = parts.map((part): Settings[SettingKey] | null => {
    if (row.kind === 'integer' || row.kind === 'number') return settingNumber(part, row)
    if (row.kind === 'choice')
      return (row.choices as readonly string[]).includes(part) ? (part as Settings[SettingKey]) : null
    return null
  })
  if (values.length === 0 || values.some((value) => value === null)) return null
  return [...new Set(values as Settings[SettingKey][])]
}

/** How a value of a setting is written. */
export function expectedIn(key: SettingKey): string {
  const row = settingRows[key]
  return row.kind === 'integer' || row.kind === 'number' ? `${row.min} … ${row.max}` : ''
}

/** The choices of a setting that are ticked, in its own order, as the row has them: nobody types what a recipe calls them. */
export function withChoice({ key, text }: TriedRow, choice: string, on: boolean): TriedRow {
  const row = settingRows[key]
  const ticked = text.split(', ')
  const stays = (one: string): boolean => (one === choice ? on : ticked.includes(one))
  return { key, text: row.kind === 'choice' ? row.choices.filter(stays).join(', ') : text }
}

/** null: something cannot be read. */
export function triedIn(rows: readonly TriedRow[]): readonly TriedSetting[] | null {
  const tried = rows.map((row) => ({ key: row.key, values: valuesIn(row) }))
  return tried.every((one): one is TriedSetting => one.values !== null) ? tried : null
}

/** Combinations, trainings and their updates together. */
export function workOf(
  tried: readonly TriedSetting[],
  steps: number
): { readonly trials: number; readonly trainings: number; readonly steps: number } {
  const trials = tried.reduce((all, { values }) => all * values.length, 1)
  const rungs = rungsOf(trials, steps)
  return {
    trials,
    trainings: rungs.reduce((sum, { runs }) => sum + runs, 0),
    steps: rungs.reduce((sum, { runs, steps: each }) => sum + runs * each, 0)
  }
}

/** What is tried unless somebody says otherwise: the size of the adapter, and the learning rate around what is set. */
export function usualRows(
  { learningRate }: Pick<Settings, 'learningRate'>,
  known: (key: SettingKey) => boolean
): readonly TriedRow[] {
  const near = [learningRate / 3, learningRate, learningRate * 3].map((rate) =>
    Number(rate.toPrecision(1)).toExponential()
  )
  const rows: readonly TriedRow[] = [
    { key: 'loraRank', text: '8, 16, 32' },
    { key: 'learningRate', text: near.join(', ') }
  ]
  return rows.filter(({ key }) => known(key))
}
