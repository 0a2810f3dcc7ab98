// Numbers by which a person, a company or an account is known: each by its length, the sum that proves it, and the words
// before it where nothing proves it.
import { isCorporateNumber, isEan13, isIban, isLuhn, isMyNumber } from './check-digits'
import { after, before, digitsOf, isThing, type Candidate, type Scanner } from './scanner'

/** ISO/IEC 7812: who gives out cards, by the first digits, and how many digits theirs have */
function isCard(digits: string): boolean {
  const { length } = digits
  const first = (count: number): number => Number(digits.slice(0, count))
  const isKnown =
    (first(1) === 4 && (length === 13 || length === 16 || length === 19)) ||
    (length === 16 &&
      ((first(2) >= 51 && first(2) <= 55) || (first(4) >= 2221 && first(4) <= 2720) || first(2) === 65)) ||
    (length === 15 && (first(2) === 34 || first(2) === 37)) ||
    (length >= 16 && ((first(4) >= 3528 && first(4) <= 3589) || first(4) === 6011 || first(2) === 62)) ||
    (length >= 16 && first(3) >= 644 && first(3) <= 649) ||
    (length === 14 && ((first(3) >= 300 && first(3) <= 305) || first(2) === 36 || first(2) === 38))
  return isKnown && !/^(\d)\1+$/.test(digits) && isLuhn(digits)
}

/** as cards have them printed, or in one piece */
const inGroups =
  /^(?:\d+|\d{4}([ -])\d{4}\1\d{4}\1\d{4}(?:\1\d{3})?|\d{4}([ -])\d{6}\2\d{4,5}|\d{4} \d{3} \d{3} \d{3})$/
/** somebody calculates */
const isSum = /[=+*/×÷−-] ?$/

const says = (candidate: Candidate, words: RegExp, reach = 24): boolean =>
  words.test(before(candidate, reach))

const licenceWords = /(?:免許|licen[cs]e)[^\d\n]{0,16}第?$/i
const passportWords = /(?:パスポート|旅券|passport)[^\d\n]{0,16}$/i
const myNumberWords = /(?:マイナンバー|個人番号|my ?number)[^\d\n]{0,12}$/i
const corporateWords = /(?:法人番号|登録番号|インボイス|適格請求書|corporate number|T)[^\d\n]{0,8}$/i
const accountWords =
  /(?:口座(?:番号)?|普通(?:預金)?|当座(?:預金)?|貯蓄(?:預金)?|account(?: (?:number|no\.?|#))?|acct\.?(?: no\.?)?|a\/c(?: no\.?)?|routing number|sort code)[^\d\n]{0,10}$/i
const yuchoWords = /(?:ゆうちょ|記号|郵便貯金)[^\d\n]{0,12}$/

export const numberScanners: readonly Scanner[] = [
  {
    kind: 'card',
    needs: 'digit',
    pattern: /(?<![\w.-])\d(?:[ -]?\d){12,18}(?![\w]|[.-]\d)/g,
    check: (candidate) => {
      const digits = digitsOf(candidate.words)
      if (!inGroups.test(candidate.words) || !isCard(digits)) return false
      // of thirteen digits there are hardly any left
      return digits.length > 13 || /(?:カード|card|visa)[^\d\n]{0,16}$/i.test(before(candidate, 24))
    },
    value: digitsOf
  },
  {
    kind: 'licence',
    needs: 'digit',
    pattern: /(?<![\w-])\d{4}[ -]?\d{4}[ -]?\d{4}(?![\w]|-\d)/g,
    check: (candidate) => says(candidate, licenceWords),
    value: digitsOf
  },
  {
    kind: 'my-number',
    needs: 'digit',
    pattern: /(?<![\w.-]|\d )\d{4}[ -]?\d{4}[ -]?\d{4}(?![\w]|[ .-]\d)/g,
    check: (candidate) =>
      isMyNumber(digitsOf(candidate.words)) &&
      (says(candidate, myNumberWords) || (!isThing(candidate) && !isSum.test(before(candidate, 3)))),
    value: digitsOf
  },
  {
    // of the United States
    kind: 'my-number',
    needs: 'digit',
    pattern: /(?<![\w-])(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\w]|-\d)/g,
    value: digitsOf
  },
  {
    kind: 'my-number',
    needs: 'digit',
    pattern: /(?<![\w-])\d{9}(?![\w]|-\d)/g,
    check: (candidate) => says(candidate, /(?:SSN|social security)[^\d\n]{0,16}$/i),
    value: digitsOf
  },
  {
    // of the United Kingdom
    kind: 'my-number',
    needs: 'digit',
    pattern: /(?<!\w)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D](?!\w)/g
  },
  {
    kind: 'corporate-number',
    needs: 'digit',
    pattern: /(?<![\d.-]|[A-Za-su-z_])(?<it>[Tt]?[1-9](?:\d{12}|([ -])\d{4}\2\d{4}\2\d{4}))(?![\w]|[.-]\d)/g,
    check: (candidate) => {
      const digits = digitsOf(candidate.words)
      if (!isCorporateNumber(digits)) return false
      if (/^T/i.test(candidate.words) || says(candidate, corporateWords)) return true
      return !isThing(candidate) && !(/^(?:4[59]|97[89])/.test(digits) && isEan13(digits))
    },
    value: digitsOf
  },
  {
    kind: 'passport',
    needs: 'digit',
    pattern: /(?<![\w-])(?:[A-Z]{1,2} ?\d{7,8}|\d{9})(?![\w]|-\d)/gi,
    check: (candidate) => says(candidate, passportWords)
  },
  {
    kind: 'bank-account',
    needs: 'digit',
    pattern: /(?<![\w-])[01]\d{4}[ -](?:\d[ -])?\d{5,8}(?![\w]|-\d)/g,
    check: (candidate) => says(candidate, yuchoWords),
    value: digitsOf
  },
  {
    kind: 'bank-account',
    needs: 'digit',
    pattern: /記号[^\d\n]{0,6}(?<it>[01]\d{4}(?:-\d)?)(?!\d)/g,
    check: ({ text, end }) => /^[^\d\n]{0,10}番号[^\d\n]{0,6}\d{2,8}(?!\d)/.test(text.slice(end, end + 32)),
    value: digitsOf
  },
  {
    kind: 'bank-account',
    needs: 'digit',
    pattern: /番号[^\d\n]{0,6}(?<it>\d{2,8})(?!\d|-\d)/g,
    check: (candidate) =>
      /記号[^\d\n]{0,6}[01]\d{4}(?:-\d)?[^\d\n]{0,10}番号[^\d\n]{0,6}$/.test(before(candidate, 40)),
    value: digitsOf
  },
  {
    kind: 'bank-account',
    needs: 'digit',
    pattern: /(?<![\w-])(?:\d{6,12}|\d{3,4}[ -]\d{3,7}|\d{2}-\d{2}-\d{2})(?![\w]|-\d)/g,
    check: (candidate) =>
      says(candidate, accountWords) && !/^[ ]?(?:円|回|件|ポイント)/.test(after(candidate, 5)),
    value: digitsOf
  },
  {
    kind: 'bank-account',
    needs: 'digit',
    pattern: /(?<!\w)[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}(?!\w)/g,
    check: ({ words }) => isIban(words.replaceAll(' ', ''))
  }
]
