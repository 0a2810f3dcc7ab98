// The settings that are written as text: each form of text with an example and what it says, taken apart. Imports
// nothing.
interface Form<T> {
  /** what may stand there, readable in every language */
  readonly example: string
  /** null where it does not read so; an empty text says nothing and is never asked */
  readonly read: (text: string) => T | null
}

/** longest text that a setting may be */
export const longestText = 2000
/** of one text */
const mostNumbers = 10_000

const parts = (text: string): readonly string[] => text.split(',').map((part) => part.trim())
const isName = (part: string): boolean => part !== '' && !/[\s=]/.test(part)

function names(text: string): readonly string[] | null {
  const all = parts(text)
  return all.every(isName) && new Set(all).size === all.length ? all : null
}

/** Whole numbers and ranges of them. */
const numbersOf =
  (highest: number) =>
  (text: string): readonly number[] | null => {
    const all = new Set<number>()
    for (const part of parts(text)) {
      const ends = part.split('-').map((end) => end.trim())
      if (ends.length > 2 || !ends.every((end) => /^\d{1,8}$/.test(end))) return null
      const [first = 0, last = first] = ends.map(Number)
      if (first > last || last > highest || all.size + last - first >= mostNumbers) return null
      for (let layer = first; layer <= last; ++layer) all.add(layer)
    }
    return [...all].sort((a, b) => a - b)
  }

const numbers =
  (taken: (value: number) => boolean) =>
  (text: string): Readonly<Record<string, number>> | null => {
    const entries = parts(text).map((part): [string, number] => {
      const at = part.lastIndexOf('=')
      const [key, value] = [part.slice(0, at).trim(), part.slice(at + 1).trim()]
      return [at > 0 && isName(key) ? key : '', value === '' ? NaN : Number(value)]
    })
    const sound = entries.every(([key, value]) => key !== '' && taken(value))
    return sound && new Set(entries.map(([key]) => key)).size === entries.length
      ? Object.fromEntries(entries)
      : null
  }

/** Words and phrases, parted by commas of either language. */
function phrases(text: string): readonly string[] | null {
  const all = text.split(/[,、，]/).map((part) => part.trim())
  return all.every((part) => part !== '') && new Set(all).size === all.length ? all : null
}

/** From so many to so many; one end may be left out. */
function span(text: string): { readonly least: number; readonly most: number } | null {
  const [, from = '', to = ''] = /^(\d{0,6})\s*-\s*(\d{0,6})$/.exec(text.trim()) ?? []
  if (from === '' && to === '') return null
  const [least, most] = [from === '' ? 0 : Number(from), to === '' ? Infinity : Number(to)]
  return least <= most && most > 0 ? { least, most } : null
}

const form = <T>(example: string, read: Form<T>['read']): Form<T> => ({ example, read })

export const textForms = {
  /** one expression over whole paths; the engine reads it, and refuses by name what is none */
  expression: form('.*\\.(q|v)_proj', (text) => text),
  names: form('q_proj, mlp.down_proj', names),
  layers: form('0-3, 7', numbersOf(9999)),
  tokens: form('32000-32004, 7', numbersOf(99_999_999)),
  /** characters */
  span: form('20-80', span),
  phrases: form('OK, 以上', phrases),
  ranks: form(
    'q_proj=8, mlp.down_proj=32',
    numbers((value) => Number.isInteger(value) && value >= 1 && value <= 4096)
  ),
  alphas: form(
    'q_proj=16, mlp.down_proj=64',
    numbers((value) => value > 0 && value <= 65_536)
  )
} as const
export type TextForm = keyof typeof textForms
type Said<F extends TextForm> = NonNullable<ReturnType<(typeof textForms)[F]['read']>>

export const readsAs = (name: TextForm, text: string): boolean =>
  text === '' || (text.length <= longestText && textForms[name].read(text) !== null)

/** What the text says; undefined where it is empty or does not read so. */
export const saidBy = <F extends TextForm>(name: F, text: string): Said<F> | undefined =>
  text === '' ? undefined : ((textForms[name].read(text) ?? undefined) as Said<F> | undefined)

/** What a recipe may have instead of a text, written as text: a number, a list, a map. Others stay as they are. */
export function asText(value: unknown): unknown {
  if (typeof value === 'number') return String(value)
  if (Array.isArray(value)) return value.map(String).join(', ')
  if (value === null || typeof value !== 'object') return value
  return Object.entries(value)
    .map(([key, one]) => `${key}=${String(one)}`)
    .join(', ')
}
