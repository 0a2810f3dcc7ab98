// The marks that people put before questions and answers: Q. 問１　【質問】 Q1: and A. 答え） 【回答】, in ordinary
// and full width. A mark must be set off from the text behind it: 「問題があります」 and "A company" begin with none.

export interface Mark {
  readonly kind: 'question' | 'answer'
  /** as written, '' for none: Q12 and A12 belong together */
  readonly number: string
  /** the text behind the mark */
  readonly rest: string
}

const words = {
  question: 'ご質問|質問|問い|問|question|q',
  answer: 'ご回答|回答|お答え|答え|こたえ|答|アンサー|answer|a'
}

const before = '^[\\s【\\[〔(<＜《■●◆○◎◇□・▼▶]*'
/** A number belongs to the mark only where it stands by itself: 3日, 5.5 and 3,000円 are what is said. */
const behindNumber = '(?!\\d|[-.:,]\\d|[^\\s】\\]〕)>＞》.:、,・|])'
const pattern = (word: string): RegExp =>
  new RegExp(
    `${before}(?:${word})(?<point>\\.?)(?:(?<gap>\\s?)(?<number>\\d{1,4}(?:-\\d{1,3})?)${behindNumber})?` +
      `(?<close>(?:\\s?[】\\]〕)>＞》])?)(?<sign>(?:\\s?[.:、,・|])?)(?<space>\\s*)(?<rest>[\\s\\S]*)$`,
    'i'
  )
const patterns = { question: pattern(words.question), answer: pattern(words.answer) }

export function markOf(line: string): Mark | null {
  return find(line, 'question') ?? find(line, 'answer')
}

/** 答 はい: Japanese has no spaces between words, so a word with one behind it is a mark. */
const isApart =
  /^[\s【\[〔(<＜《■●◆○◎◇□・▼▶]{0,4}(?:ご質問|質問|問い|問|ご回答|回答|お答え|答え|こたえ|答) (?=[^\u0000-\u007f])/

function find(line: string, kind: Mark['kind']): Mark | null {
  // full-width letters, digits and brackets are as good; the text behind the mark keeps its own
  const folded = line.replace(/[！-～　]/g, (c) => (c === '　' ? '\t' : c.normalize('NFKC')))
  // Ａ２：550円, where the colon belongs to the mark
  const apart = /^[^:：]{0,10}[^\d\s:：]\d{1,4}[:：]\d/.test(folded)
    ? folded.replace(/^([^:]{1,15}:)/, '$1 ')
    : folded
  const groups = patterns[kind].exec(apart)?.groups
  if (!groups) return null
  const { point = '', gap = '', close = '', sign = '', space = '' } = groups
  let { number = '', rest = '' } = groups
  // A. 5 euro
  if (
    point !== '' &&
    gap !== '' &&
    number !== '' &&
    close + sign === '' &&
    (rest !== '' || kind === 'answer') &&
    !/[\t\n]/.test(space)
  ) {
    rest = number + space + rest
    number = ''
  }
  const setOff =
    rest === '' ||
    point + close + sign !== '' ||
    /[\t\n]/.test(space) ||
    (space !== '' && (number !== '' || isApart.test(folded)))
  return setOff
    ? { kind, number, rest: rest === '' ? '' : line.slice(line.length - rest.length).trim() }
    : null
}
