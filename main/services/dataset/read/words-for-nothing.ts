// Words that programs write where nothing is: pandas nan, databases NULL, sheets #N/A. Where an answer should be they are
// asked about, not learnt; elsewhere they are nothing.
const words = new Set([
  'nan',
  'null',
  'none',
  'undefined',
  '<na>',
  'nat',
  '#n/a',
  '#n/a!',
  '#null!',
  '#value!',
  '#ref!',
  '#name?',
  '#div/0!',
  '\\n',
  '(null)',
  '[null]',
  'n/a',
  'na',
  '#na',
  '-nan',
  '1.#ind',
  '1.#qnan',
  '#num!',
  '#spill!',
  '#calc!',
  // a stroke through the cell
  '-',
  '--',
  '–',
  '—',
  '―',
  '－',
  'ー'
])

export const isWordForNothing = (text: string): boolean =>
  text.length < 12 && words.has(text.trim().toLowerCase())
