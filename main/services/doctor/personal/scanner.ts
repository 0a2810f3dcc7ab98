// The form of a scanner: one row of a table, pure. It looks at a text in which full-width signs stand as plain ones, each in
// its own place (see there), so that what is found lies at the same place in the text itself.
import type { PersonalKind } from '../../../contract/findings'

export interface Found {
  readonly kind: PersonalKind
  readonly start: number
  readonly end: number
  /** the same for the same thing, however it is written */
  readonly value: string
}

/** A candidate and what stands around it, in the plain form. */
export interface Candidate {
  readonly text: string
  readonly match: RegExpExecArray
  readonly start: number
  readonly end: number
  readonly words: string
}

export interface Scanner {
  readonly kind: PersonalKind
  /** what a text must hold at least, to be looked at more closely */
  readonly needs: Need
  /** sticks to no place; the group `it` is what is found, or else all of it */
  readonly pattern: RegExp
  /** is it one? */
  readonly check?: (candidate: Candidate) => boolean
  /** how it is compared; absent: without blanks and signs, in small letters */
  readonly value?: (words: string) => string
}

/** digit: two digits; at: @; letter: two Latin letters; colon: one; word: five plain signs in a row; place: the name of a kind of
 *  town */
export type Need = 'digit' | 'at' | 'letter' | 'colon' | 'word' | 'place'

/** The characters before, or after, on the same line or the one beside it. */
export const before = ({ text, start }: Candidate, length: number): string =>
  text.slice(Math.max(0, start - length), start)
export const after = ({ text, end }: Candidate, length: number): string => text.slice(end, end + length)

export const digitsOf = (words: string): string => words.replace(/\D/g, '')

/** Numbers of things, not of people: what is named so before it is none of theirs. */
const things =
  /(?:注文|伝票|追跡|問い?合わ?せ|受付|製造|シリアル|商品|品番|型番|型式|管理|案件|チケット|見積|請求|契約|会員|顧客|お客様|予約|整理|バージョン|ロット|JAN|ISBN|ISSN|order|invoice|ticket|tracking|serial|part|model|item|product|ref(?:erence)?|case|lot|sku|isbn|ver(?:sion)?)[^\d\n]{0,10}$/i

export const isThing = (candidate: Candidate): boolean => things.test(before(candidate, 24))
