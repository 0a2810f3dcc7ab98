// Telephone numbers: Japanese ones by the plan of the Ministry of Internal Affairs (fixed, mobile, free dial, by +81), those of
// other countries by a plus or by the way they are written.
import { before, digitsOf, isThing, type Candidate, type Scanner } from './scanner'

/** 0120 and 0800 are free, 0570 is one rate, 050 is IP, 020 and 060 to 090 are mobile */
function isJapanese(digits: string): boolean {
  if (/^(?:0120|0570|0990)\d{6}$/.test(digits) || /^0800\d{7}$/.test(digits)) return true
  if (/^0(?:50|[6-9]0|20)\d{8}$/.test(digits)) return true
  return areaCode.test(digits) && digits.length === 10
}

/** area codes begin so */
const areaCode = /^0(?:[36][1-9]|1[1-9]|[245789][2-9])/

/** 81 instead of the 0 at the beginning, with or without one in brackets */
const national = (digits: string): string => digits.replace(/^(?:00|010)?810?/, '0')

const phoneWords =
  /(?:電話|でんわ|TEL|ＴＥＬ|phone|call|mobile|cell|携帯|FAX|ファックス|ファクス|連絡先|☎|℡|tel|text|dial|reach)[^\n]{0,16}$/i

/** What stands right before the number of a thing: 予約番号は, Order #, 受付 No. */
const numberWords =
  /(?:番号|ナンバー|コード|№|[#＃:：]|(?<![a-z])(?:no|id|number|code|order|invoice|ticket)\.?)[ 　]?(?:は|が|=|is)?[ 　]?$/i

/** Written as a telephone number it is one, but where it is said to be the number of a thing: 「ご予約は090-…まで」 is one. */
function isPhone(candidate: Candidate): boolean {
  const digits = digitsOf(candidate.words)
  if (!isJapanese(digits)) return false
  if (!isThing(candidate) || phoneWords.test(before(candidate, 24))) return true
  return !numberWords.test(before(candidate, 24))
}

export const phoneScanners: readonly Scanner[] = [
  {
    kind: 'phone',
    needs: 'digit',
    pattern: /(?<![\w.+]|\d[-/.])\(?0\d{1,4}[-) .(]{1,2}\d{1,4}[-) .]{1,2}\d{3,4}(?![\w]|[-/]\d)/g,
    check: isPhone,
    value: digitsOf
  },
  {
    kind: 'phone',
    needs: 'digit',
    pattern: /(?<![\w.+]|\d[-/.])0\d{9,10}(?![\w]|[-/.]\d)/g,
    check: isPhone,
    value: digitsOf
  },
  {
    // 03-12345678, 0312-345678
    kind: 'phone',
    needs: 'digit',
    pattern: /(?<![\w.+]|\d[-/.])\(?0\d{1,4}[-)]{1,2}\d{5,8}(?![\w]|[-/.]\d)/g,
    check: isPhone,
    value: digitsOf
  },
  {
    kind: 'phone',
    needs: 'digit',
    pattern:
      /(?<![\w])(?:\+|0{2}|010-?)81[- .]?(?:\(0\))?[- .]?\d{1,4}[- .]?\d{1,4}[- .]?\d{3,4}(?![\w]|-\d)/g,
    check: ({ words }) => isJapanese(national(digitsOf(words.replace('(0)', '')))),
    value: (words) => national(digitsOf(words.replace('(0)', '')))
  },
  {
    // 1234-5678 where only the town's part is said
    kind: 'phone',
    needs: 'digit',
    pattern: /(?<![\w.+-])\d{2,4}-\d{4}(?![\w]|-\d)/g,
    check: (candidate) =>
      /(?:電話番号|TEL|phone number|call|☎|内線)[ :はがを]{0,4}(?:is |at )?$/i.test(before(candidate, 20)),
    value: digitsOf
  },
  {
    // of any country: E.164 has at most 15 digits
    kind: 'phone',
    needs: 'digit',
    pattern: /(?<![\w+])\+(?!81)[1-9]\d{0,2}(?:[- .]?\(?\d{1,5}\)?){2,5}(?![\w]|-\d)/g,
    check: ({ words }) => /^\d{9,13}$/.test(digitsOf(words)),
    value: digitsOf
  },
  {
    // of North America
    kind: 'phone',
    needs: 'digit',
    pattern:
      /(?<![\w.+-])(?:1[-. ])?(?:\([2-9]\d{2}\) ?|[2-9]\d{2}[-. ])[2-9]?\d{2}[-.]\d{4}(?![\w]|[-.]\d)/g,
    check: ({ words }) => digitsOf(words).length >= 10,
    value: digitsOf
  },
  {
    // of the United Kingdom
    kind: 'phone',
    needs: 'digit',
    pattern: /(?<![\w.+-])\(?0(?:7\d{3}|1\d{2,3}|2\d)\)? \d{3,4} ?\d{3,4}(?![\w]|-\d)/g,
    check: ({ words }) => /^0\d{9,10}$/.test(digitsOf(words)),
    value: digitsOf
  }
]
