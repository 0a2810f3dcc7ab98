// Words that programs and people write where nothing is: pandas nan, databases NULL, sheets #N/A, "same as above", "not yet
// answered". Where an answer should be they are asked about, not learnt; elsewhere they are nothing. So is what nobody sees.
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
  'ー',
  // the same as in the row above
  '〃',
  '"',
  '″',
  '々',
  '同上',
  '上に同じ',
  '上記と同じ',
  '上記に同じ',
  'ditto',
  'same as above',
  'as above',
  'see above',
  // of pivot tables, and of whoever has not written it yet
  '(blank)',
  '(空白)',
  'tbd',
  'tba',
  'todo',
  '未回答',
  '未記入',
  '未入力',
  '回答待ち',
  '確認中',
  '作成中'
])

export const isWordForNothing = (text: string): boolean =>
  onlySigns.test(text) ||
  (text.length < 16 &&
    words.has(
      text
        .trim()
        .toLowerCase()
        .replace(/[（）]/g, (sign) => (sign === '（' ? '(' : ')'))
    ))

/** ########, ***, ____, ...: a cell that is too narrow, a word that is hidden, a place to write in. */
const onlySigns = /^\s?[#＃*＊_＿.…・=~？?]{3,40}\s?$/

/** Nothing but spaces and signs without a shape: of no width, fillers, joiners. */
export const saysNothing = (text: string): boolean => text.length < longestUnseen && unseen.test(text)
const longestUnseen = 1000
const unseen = /^[\s\p{Cf}\u034f\u115f\u1160\u2800\u3164\ufe00-\ufe0f\uffa0]*$/u
