// How likely a text is as a text of some language: the sum of the logarithms of how often its characters stand in such
// texts, with their neighbours in view. Readings of the same bytes are compared by it. Pure.
import { halfWidthKana, isHalfWidthKana, scripts, stray, type Language, type Script } from './letters'

/** of any ASCII character: nearly the same in all languages */
const plain = -3.3
/** bytes that mean nothing */
const nothing = -16

/** More than a character can weigh in favour. */
const mostFor = 1

/** The likeliest of the languages says how likely the text is. `least`: what weighs less than this is not weighed to the
 *  end, and some weight below it is said. */
export function weighText(text: string, languages: readonly Language[], least = -Infinity): number {
  const words = text.toLowerCase().match(/(?<![\p{L}'’])[a-z]{1,4}(?![\p{L}'’])/gu) ?? []
  return languages.reduce(
    (most, language) =>
      Math.max(most, weigh(text, language, least - mostFamiliar) + familiar(words, language)),
    -Infinity
  )
}

const mostFamiliar = 8

/** Small words that give the language away, whatever the encoding is. */
function familiar(words: readonly string[], language: Language): number {
  const known = (scripts[language] as Script).words
  const count = known ? words.filter((word) => known.has(word)).length : 0
  return Math.min(mostFamiliar, count)
}

function weigh(text: string, language: Language, least: number): number {
  const script: Script = scripts[language]
  let sum = 0
  let before = ''
  for (let at = 0; at < text.length;) {
    const code = text.codePointAt(at) as number
    const c = code < 0x10000 ? (text[at] as string) : String.fromCodePoint(code)
    at += c.length
    sum += code < 0x80 ? plain : weightOf(c, code, before, text[at] ?? '', language, script)
    before = c
    if (sum + mostFor * (text.length - at) < least) break
  }
  return sum
}

function weightOf(
  c: string,
  code: number,
  before: string,
  next: string,
  language: Language,
  { letters, rest, hasWords }: Script
): number {
  if (code === 0xfffd || code < 0xa0 || (code >= 0xe000 && code <= 0xf8ff)) return nothing
  const known = letters.get(c)
  if (known !== undefined) {
    return hasWords ? known + caseOf(c, before, next) : known + edgeOf(code, before)
  }
  if (language === 'ja' && isHalfWidthKana(c)) {
    const follows = isHalfWidthKana(before)
    return follows ? halfWidthKana.inRun : isHalfWidthKana(next) ? halfWidthKana.first : halfWidthKana.alone
  }
  return hasWords || code < 0x2000 ? markOf(c, before, next) : rest(c) + edgeOf(code, before)
}

/** Ideographs right behind a small letter are seldom meant: don稚 */
const edgeOf = (code: number, before: string): number =>
  code >= 0x3400 && code < 0xac00 && /[a-z]/.test(before) ? -3 : 0

/** A capital in the middle of a small word, and a letter of one script in a word of another. */
function caseOf(c: string, before: string, next: string): number {
  if (!isLetter(c)) return 0
  const isCapital = c !== c.toLowerCase()
  let weight = isOfOneScript(c, before) && isOfOneScript(c, next) ? 0 : -6
  if (isCapital) {
    if (isSmall(before)) weight -= 4
    else if (isCapitalLetter(before)) weight += 2.2
    else if (isSmall(next) || isCapitalLetter(next)) weight += 1.2
  } else if (isCapitalLetter(before) && isCapitalLetter(next)) weight -= 3
  return weight
}

const isLetter = (c: string): boolean => /\p{L}/u.test(c)
const isSmall = (c: string): boolean => c !== '' && c !== c.toUpperCase()
const isCapitalLetter = (c: string): boolean => c !== '' && c !== c.toLowerCase()

function isOfOneScript(c: string, other: string): boolean {
  if (other === '' || !isLetter(other)) return true
  const isLatin = (one: string): boolean => /\p{Script=Latin}/u.test(one)
  return isLatin(c) === isLatin(other)
}

/** don’t, it’s, we’ll, you’re, I’ve, I’m; l’été, d’une, j’ai, c’est */
const shortened = /^(nt|[a-z][sdm]|[ewuyi][vrl]|[ldjcnsm][aeiouhéàêè])$/i

/** What stands in texts beside letters, where it belongs. */
function markOf(c: string, before: string, next: string): number {
  const opens = before === '' || /[\s("'\-/;,|\t]/.test(before)
  const closes = next === '' || /[\s.,;:!?)"'\-/|]/.test(next)
  const isDigit = (one: string): boolean => /[0-9]/.test(one)
  switch (c) {
    case '’':
      return isLetter(before)
        ? shortened.test(before + next)
          ? -2
          : -4.6
        : isDigit(before) || closes
          ? -7
          : -9.5
    case '‘':
      return opens ? -7 : -10
    case '“':
    case '„':
    case '‚':
    case '‹':
      return opens ? -6.3 : c === '“' && closes ? -6.8 : -10
    case '”':
    case '›':
      return closes || !opens ? -6.3 : -10
    case '«':
    case '»':
      return opens || closes ? -6.5 : -9.5
    case '–':
    case '—':
      return opens === closes || isDigit(before) ? -6 : -8
    case '…':
      return -6.8
    case '€':
    case '£':
    case '¥':
      return isDigit(before) || isDigit(next) || /\s/.test(before) || opens ? -6.8 : -9.5
    case '\u00a0':
      return -7
    case '°':
    case '²':
    case '³':
    case '½':
    case '¼':
      return isDigit(before) || isLetter(before) ? -7.5 : opens ? -9 : -10
    case '¿':
    case '¡':
      return opens ? -7 : -10.5
    case '•':
    case '·':
      return opens ? -7.5 : -9.5
    case '®':
    case '™':
    case '©':
    case '§':
    case '№':
      return -8.3
    case '×':
    case '±':
    case 'µ':
    case '´':
      return -9.5
    default:
      // a letter that the language does not have may stand in a name
      return isLetter(c) ? -10.5 + caseOf(c, before, next) : stray
  }
}
