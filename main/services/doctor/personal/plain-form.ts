// Full-width signs as plain ones, and every dash as one, each in its own place: the form has the length of the text.

const wide = /[！-～　‐-―−]/g
const others: Readonly<Record<string, string>> = { '　': ' ', '−': '-' }

function plain(sign: string): string {
  const known = others[sign]
  if (known !== undefined) return known
  const code = sign.charCodeAt(0)
  // U+FF01 to U+FF5E are ! to ~, U+2010 to U+2015 are dashes
  return code > 0xff00 ? String.fromCharCode(code - 0xfee0) : '-'
}

export function plainForm(text: string): string {
  if (!/[^\x00-\x7f]/.test(text)) return text
  const form = text.replace(wide, plain)
  // between digits the sign of a long vowel is a dash
  return /[ーｰ]/.test(form) ? form.replace(/(?<=[\d)])[ーｰ](?=[\d(])/g, '-') : form
}
