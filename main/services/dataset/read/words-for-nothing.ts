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
  '上記参照',
  '上記を参照',
  '上記のとおり',
  '上記の通り',
  '前述のとおり',
  '前述の通り',
  '同左',
  '左に同じ',
  '左記参照',
  '別紙参照',
  '別紙のとおり',
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
  '作成中',
  '調査中',
  '回答準備中',
  '回答作成中',
  '確認待ち',
  '要確認',
  '記入中',
  '執筆中',
  '後日記入',
  '追記予定',
  'pending',
  'wip',
  'coming soon',
  'to be confirmed',
  'to be determined',
  // of Alpaca's first rows
  'noinput',
  'no input',
  'no input required',
  'no input provided',
  'no input needed',
  'input: none'
])

export const isWordForNothing = (text: string): boolean =>
  onlySigns.test(text) || (text.length < longestWord && isOne(bare(text)))
const longestWord = 24

function isOne(word: string): boolean {
  // （回答準備中）, 【未回答】, <noinput>
  const inner = word.replace(/^[([{<【〔＜](.{1,20})[)\]}>】〕＞]$/, '$1')
  return words.has(word) || (inner !== word && words.has(inner)) || otherRow.test(word)
}

/** Without spaces of Japanese words: 同　上. */
const bare = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .replace(/(?<=[^\x00-\x7f])[ \u3000](?=[^\x00-\x7f])/g, '')
    .replace(/[（）]/g, (sign) => (sign === '（' ? '(' : ')'))

/** The answer of another row: No.3 を参照, see Q3. */
const otherRow =
  /^\s?(?:(?:no\.?|q|問|質問|項番|#)\s?\d{1,4}\s?(?:を|に|の回答を?)?\s?(?:ご)?(?:参照|覧|同じ)(?:ください|下さい|願います)?。?|(?:see|refer to|same as) (?:q|no\.?|question|#|row) ?\d{1,4}\.?)$/i

/** ########, ***, ____, ...: a cell that is too narrow, a word that is hidden, a place to write in. */
const onlySigns = /^\s?[#＃*＊_＿.…・=~？?]{3,40}\s?$/

/** Nothing but spaces and signs without a shape: of no width, fillers, joiners. */
export const saysNothing = (text: string): boolean => text.length < longestUnseen && unseen.test(text)
const longestUnseen = 1000
const unseen = /^[\s\p{Cf}\u034f\u115f\u1160\u2800\u3164\ufe00-\ufe0f\uffa0]*$/u
