// Birth dates: a date is one by the words beside it, in the years of both calendars or without a year.
import { after, before, digitsOf, type Candidate, type Scanner } from './scanner'

const birthBefore =
  /(?:生年月日|誕生日|お生まれ|バースデー|(?<![a-z])born(?: on| in)?|birth ?(?:date|day)|date of birth|d\.?o\.?b\.?)[^\n\d]{0,14}(?:\([^\n)]{0,8}\))?[ :はがをisthe]{0,6}$/i
const birthAfter =
  /^ ?(?:日)?(?:\([^\n)]{1,6}\))?(?:に|の|、)?(?:東京|大阪)?(?:生まれ|うまれ|誕生日|産まれ|生(?![\p{Script=Han}]))/u
const bornEnglish = /^[ ,]{0,2}(?:is|was) (?:my|his|her|the) (?:birthday|date of birth)/i

const isBirth = (candidate: Candidate): boolean =>
  birthBefore.test(before(candidate, 36)) ||
  birthAfter.test(after(candidate, 14)) ||
  bornEnglish.test(after(candidate, 32))

export const dateScanners: readonly Scanner[] = [
  {
    kind: 'birth-date',
    needs: 'digit',
    pattern:
      /(?<![\d/.-])(?:(?:西暦 ?)?(?:18|19|20)\d{2}|(?:明治|大正|昭和|平成|令和|[MTSHR])[ .]?(?:\d{1,2}|元))(?:年 ?|[/.-])\d{1,2}(?:月 ?|[/.-])\d{1,2}日?(?![\d/-])/g,
    check: isBirth
  },
  {
    kind: 'birth-date',
    needs: 'digit',
    pattern: /(?<![\d/.-])(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?![\d/-])/g,
    check: isBirth,
    value: digitsOf
  },
  {
    kind: 'birth-date',
    needs: 'digit',
    pattern: /(?<![\d/.-])\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)?\d{2}(?![\d/-])/g,
    check: isBirth
  },
  {
    kind: 'birth-date',
    needs: 'digit',
    pattern:
      /(?<!\w)(?:\d{1,2}(?:st|nd|rd|th)?(?: of)? )?(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?(?: \d{1,2}(?:st|nd|rd|th)?)?(?:,? (?:18|19|20)\d{2})?(?!\w)/g,
    check: (candidate) => /\d/.test(candidate.words) && isBirth(candidate)
  },
  {
    kind: 'birth-date',
    needs: 'digit',
    pattern: /(?<![\d/.年-])\d{1,2}月 ?\d{1,2}日(?!\d)/g,
    check: isBirth
  }
]
