// A tag as it is written: where it ends, what it is called, what its attributes say.
import { decodeEntities } from './entities'

export const noTag = -2

/** Index behind the tag that begins here; -1 where it does not end in the text, noTag where the sign is one of text. */
export function endOfTag(text: string, from: number): number {
  if (from + 1 < text.length && !/[a-z/!?]/i.test(text[from + 1] as string)) return noTag
  let mark = ''
  for (let i = from + 1; i < text.length; i++) {
    const c = text[i] as string
    if (mark !== '') mark = c === mark ? '' : mark
    else if (c === '>') return i + 1
    else if (c === '<') return noTag
    else if ((c === '"' || c === "'") && text[i - 1] === '=') mark = c
  }
  return -1
}

export function nameOf(tag: string, from: number): string {
  let end = from
  while (end < tag.length && !' \t\r\n\f/>'.includes(tag[end] as string)) end++
  const name = tag.slice(from, end).toLowerCase()
  return name.slice(name.lastIndexOf(':') + 1)
}

/** The value of an attribute by its plain name, '' where it has none. */
export function attribute(tag: string, wanted: string): string {
  const lower = tag.toLowerCase()
  for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, at + 1)) {
    const before = lower[at - 1] ?? ''
    if (!' \t\r\n:'.includes(before) || lower[at + wanted.length] !== '=') continue
    const from = at + wanted.length + 1
    const mark = tag[from] === '"' || tag[from] === "'" ? (tag[from] as string) : ''
    if (mark !== '') {
      const end = tag.indexOf(mark, from + 1)
      return decodeEntities(tag.slice(from + 1, end < 0 ? tag.length : end))
    }
    let end = from
    while (end < tag.length && !' \t\r\n>'.includes(tag[end] as string)) end++
    return tag.slice(from, end)
  }
  return ''
}
