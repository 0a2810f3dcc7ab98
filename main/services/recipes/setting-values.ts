// The check of one setting's value, derived from its row in the settings table: for a recipe, where YAML
// brings types, and for a flag, where everything is text. Knows no files.
import { z } from 'zod'
import { NeiroError } from '../../contract/errors'
import { asText, readsAs, textForms } from '../../contract/setting-texts'
import { isFor, settingRows, type SettingKey, type Settings } from '../../contract/settings'

export type SettingRow = (typeof settingRows)[SettingKey]
export type SettingValue = number | boolean | string | readonly string[]

export const settingKeys = Object.keys(settingRows) as readonly SettingKey[]

const snake = (key: string): string => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** learningRate -> learning_rate, the name on disk */
export const diskName = (key: SettingKey): string => snake(key)
/** learningRate -> learning-rate, the name of its flag */
export const flagName = (key: SettingKey): string => snake(key).replaceAll('_', '-')

function schemaOf(row: SettingRow): z.ZodType<SettingValue> {
  switch (row.kind) {
    case 'integer':
      return z.number().int().min(row.min).max(row.max)
    case 'number':
      return z.number().min(row.min).max(row.max)
    case 'switch':
      return z.boolean()
    case 'choice':
      return z.enum(row.choices)
    case 'list':
      return z.array(z.enum(row.choices)).min(1).refine(unique)
    case 'text':
      return z.string().refine((text) => readsAs(row.form, text))
  }
}

const unique = (values: readonly string[]): boolean => new Set(values).size === values.length

const schemas = Object.fromEntries(settingKeys.map((key) => [key, schemaOf(settingRows[key])]))

/** All of them, as a window sends them. */
export const settingsSchema = z.strictObject(schemas) as unknown as z.ZodType<Settings>

/** What a row accepts, in signs that read the same in every language. */
export function expectedOf(row: SettingRow): string {
  switch (row.kind) {
    case 'integer':
      return `${row.min}, ${row.min + 1} … ${row.max}`
    case 'number':
      return `${row.min} … ${row.max}`
    case 'switch':
      return 'true | false'
    case 'choice':
      return row.choices.join(' | ')
    case 'list':
      return `[${row.choices.join(', ')}]`
    case 'text':
      return textForms[row.form].example
  }
}

/** The value as the setting's type, or SETTING_OUT_OF_RANGE in the words of whoever wrote it (`shownAs`). */
export function checkSetting(key: SettingKey, value: unknown, shownAs: string): SettingValue {
  const row = settingRows[key]
  const checked = schemas[key]?.safeParse(row.kind === 'text' ? asText(value) : value)
  if (checked?.success) return checked.data
  const expected = expectedOf(row)
  const got = shown(value)
  throw new NeiroError('SETTING_OUT_OF_RANGE', {
    name: shownAs,
    expected,
    got,
    default: shown(row.default)
  })
}

/** A setting that says nothing to the method, or beside another choice, would be believed to do something:
 *  SETTING_NOT_FOR_METHOD, SETTING_NOT_FOR_CHOICE. */
export function refuseForeign(
  keys: readonly SettingKey[],
  settings: Settings,
  shownAs: (key: SettingKey) => string
): void {
  const foreign = keys.find((key) => !isFor(key, settings))
  if (!foreign) return
  const name = shownAs(foreign)
  const { method } = settings
  const decides = (['adapter', 'schedule'] as const).find((other) =>
    settingRows[other].choices.some((choice) => isFor(foreign, { ...settings, [other]: choice }))
  )
  if (decides)
    throw new NeiroError('SETTING_NOT_FOR_CHOICE', {
      name,
      setting: shownAs(decides),
      choice: settings[decides]
    })
  throw new NeiroError('SETTING_NOT_FOR_METHOD', { name, method })
}

/** A flag's text as the setting's value; `true` is a switch without a value. */
export function settingFromText(key: SettingKey, text: string | boolean, shownAs: string): SettingValue {
  return checkSetting(key, typeof text === 'boolean' ? text : typed(settingRows[key], text.trim()), shownAs)
}

/** Text that does not read as the row's type stays text, so that the check names it as it was written. */
function typed(row: SettingRow, text: string): unknown {
  switch (row.kind) {
    case 'integer':
    case 'number':
      return text !== '' && Number.isFinite(Number(text)) ? Number(text) : text
    case 'switch':
      return text === 'true' ? true : text === 'false' ? false : text
    case 'list':
      return text.split(',').map((item) => item.trim())
    case 'choice':
    case 'text':
      return text
  }
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? `"${value}"` : (JSON.stringify(value) ?? String(value))
  return text.length > 80 ? `${text.slice(0, 79)}…` : text
}
