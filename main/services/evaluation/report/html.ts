// HTML that is put together from text which may say anything: what is not made here stays text. Pure.

/** Markup that was made by `markup`. */
export class Html {
  constructor(readonly markup: string) {}
}

type Part = string | number | Html | null | undefined | readonly Part[]

/** Every value but Html is text: signs that mean something in HTML lose their meaning. */
export const markup = (strings: TemplateStringsArray, ...parts: readonly Part[]): Html =>
  new Html(strings.reduce((all, text, at) => all + markupOf(parts[at - 1] ?? '') + text))

function markupOf(part: Part): string {
  if (part === null || part === undefined) return ''
  if (part instanceof Html) return part.markup
  if (typeof part === 'object') return part.map(markupOf).join('')
  return escaped(String(part))
}

/** Without controls, which no reader of a report means, and without marks that turn the direction of text. */
const escaped = (text: string): string =>
  text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;')
