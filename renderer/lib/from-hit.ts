// A long text as a row of a list shows it while somebody looks for words: from a little before them, so that they are seen. Pure.

/** signs before the words that are left as they are: so many stand in the first lines of a row anyway */
const seen = 40
const before = 12

/** Width, case and form do not matter, as to the search itself; all of it where the words are not in it, or in sight. */
export function fromHit(text: string, search: string): string {
  const wanted = search.normalize('NFKC').toLowerCase().trim()
  if (wanted === '') return text
  let form = ''
  // of each unit of the form, the sign of the text that it was made of
  const from: number[] = []
  let at = 0
  for (const sign of text) {
    const folded = sign.normalize('NFKC').toLowerCase()
    for (let unit = 0; unit < folded.length; unit++) from.push(at)
    form += folded
    at += sign.length
  }
  const hit = from[form.indexOf(wanted)] ?? 0
  if (hit <= seen && !text.slice(0, hit).includes('\n')) return text
  const start = Math.max(0, hit - before)
  // no half of a pair, and no line but that of the words
  const line = text.lastIndexOf('\n', hit - 1) + 1
  const begin = Math.max(line, /[\udc00-\udfff]/.test(text[start] ?? '') ? start + 1 : start)
  return begin === 0 ? text : `…${text.slice(begin)}`
}
