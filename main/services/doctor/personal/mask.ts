// Personal data of an example behind placeholders that keep what it was: ［電話番号1］. The same value has the same number in all
// texts of an example, question and answer together; each example counts anew, so that a model learns where such a thing
// stands and never whose it is. Pure: the same example gives the same again.
import { personalKinds, type PersonalKind } from '../../../contract/findings'
import type { Example } from '../../../contract/records'
import { kindOf } from '../../dataset/kinds'
import { masks } from '../../../metrics/masks'
import { matchesOf } from '../matches'
import { namesStanding } from './known-names'
import { ownPattern, type OwnPattern } from './own-patterns'
import type { Found } from './scanner'
import { scanPersonal } from './scan'

/** What of it the user wants masked. */
export interface MaskChoice {
  readonly kinds: readonly PersonalKind[]
  /** values that may stay, as Found has them, each behind its kind: phone:0312345678 */
  readonly allowed: readonly string[]
  /** examples of numbers of the user's own house */
  readonly own: readonly string[]
  /** names that other examples list, as Found has their values; absent: only its own are known */
  readonly names?: readonly string[]
}

export const everything: MaskChoice = { kinds: personalKinds, allowed: [], own: [] }

const japanese: Readonly<Record<PersonalKind, string>> = {
  secret: '秘密の鍵',
  'secret-url': '秘密のURL',
  mail: 'メール',
  card: 'カード番号',
  'my-number': '個人番号',
  'corporate-number': '法人番号',
  licence: '免許証番号',
  passport: '旅券番号',
  'bank-account': '口座番号',
  phone: '電話番号',
  'birth-date': '生年月日',
  postcode: '郵便番号',
  address: '住所',
  ip: 'IPアドレス',
  mac: 'MACアドレス',
  'own-number': '管理番号',
  name: 'お名前'
}
const english: Readonly<Record<PersonalKind, string>> = {
  secret: 'SECRET',
  'secret-url': 'SECRET URL',
  mail: 'MAIL',
  card: 'CARD',
  'my-number': 'PERSONAL ID',
  'corporate-number': 'COMPANY NUMBER',
  licence: 'LICENCE',
  passport: 'PASSPORT',
  'bank-account': 'ACCOUNT',
  phone: 'PHONE',
  'birth-date': 'BIRTH DATE',
  postcode: 'POSTCODE',
  address: 'ADDRESS',
  ip: 'IP ADDRESS',
  mac: 'MAC ADDRESS',
  'own-number': 'NUMBER',
  name: 'NAME'
}

/** Every word that a placeholder can hold. */
export const placeholderWords: readonly string[] = [...Object.values(japanese), ...Object.values(english)]

export interface MaskedPlace {
  readonly kind: PersonalKind
  readonly words: string
  readonly value: string
  readonly placeholder: string
  /** which text of the example, and where in it */
  readonly text: number
  readonly start: number
  readonly end: number
}

export interface Masks {
  readonly places: readonly MaskedPlace[]
  readonly example: Example
}

export const allowedKey = ({ kind, value }: Pick<Found, 'kind' | 'value'>): string => `${kind}:${value}`

/** A choice made ready, for many examples. */
export class Masking {
  readonly #own: readonly OwnPattern[]
  readonly #kinds: ReadonlySet<PersonalKind>
  readonly #allowed: ReadonlySet<string>
  readonly #names: ReadonlySet<string>

  constructor({ kinds, allowed, own, names = [] }: MaskChoice) {
    this.#own = own.flatMap((example) => ownPattern(example) ?? [])
    this.#kinds = new Set(kinds)
    this.#allowed = new Set(allowed)
    this.#names = new Set(names.filter((value) => this.#isWanted({ kind: 'name', value })))
  }

  /** The very same example where nothing is masked. */
  mask(example: Example): Masks {
    const kind = kindOf(example)
    const texts = kind.texts(example)
    const found = this.#find(texts)
    if (found.every((of) => of.length === 0)) return { places: [], example }
    const placeholders = new Placeholders(isJapanese(texts))
    const places = found.flatMap((of, text) =>
      of.map((one) => ({
        ...{ kind: one.kind, value: one.value, text, start: one.start, end: one.end },
        words: (texts[text] as string).slice(one.start, one.end),
        placeholder: placeholders.of(one)
      }))
    )
    const masked = texts.map((text, i) =>
      replaced(
        text,
        places.filter((place) => place.text === i)
      )
    )
    const byText = new Map(texts.map((text, i) => [text, masked[i] as string]))
    return { places, example: kind.mapTexts(example, (text) => byText.get(text) ?? text) }
  }

  /** Of each text; what was found in one of them is found in all. */
  #find(texts: readonly string[]): readonly (readonly Found[])[] {
    const found = texts.map((text) => scanPersonal(text, this.#own).filter((one) => this.#isWanted(one)))
    const again = new Map<string, Found>()
    const names = new Set(this.#names)
    found.forEach((of, i) => {
      for (const one of of) {
        const words = (texts[i] as string).slice(one.start, one.end)
        if (isTelling(one, words)) again.set(words, one)
        if (one.kind === 'name') names.add(one.value)
      }
    })
    if (again.size === 0 && names.size === 0) return found
    return found.map((of, i) => {
      const text = texts[i] as string
      const more = again.size === 0 ? [] : repeated(text, of, again)
      const standing = names.size === 0 ? [] : named(text, [...of, ...more], names)
      return [...of, ...more, ...standing].sort((a, b) => a.start - b.start)
    })
  }

  #isWanted(found: Pick<Found, 'kind' | 'value'>): boolean {
    return this.#kinds.has(found.kind) && !this.#allowed.has(allowedKey(found))
  }
}

/** Too short to be found anywhere, but as words of their own they are the same names. */
function named(text: string, known: readonly Found[], values: ReadonlySet<string>): readonly Found[] {
  const more: Found[] = []
  const placeholders = [...matchesOf(text, masks)].map(({ index, 0: words }) => [index, index + words.length])
  for (const [start, end] of namesStanding(text, values)) {
    if (known.some((one) => start < one.end && one.start < end)) continue
    if (placeholders.some(([from = 0, to = 0]) => start < to && from < end)) continue
    more.push({ kind: 'name', value: text.slice(start, end).replace(/[ \u3000]/, ''), start, end })
  }
  return more
}

/** Long enough to be found where nothing around says what it is. */
const isTelling = ({ kind }: Found, words: string): boolean =>
  kind === 'name' ? words.length >= (/[A-Za-z]/.test(words) ? 5 : 3) : words.length >= 7

function repeated(
  text: string,
  known: readonly Found[],
  again: ReadonlyMap<string, Found>
): readonly Found[] {
  const more: Found[] = []
  for (const [words, { kind, value }] of again) {
    for (let start = text.indexOf(words); start >= 0; start = text.indexOf(words, start + words.length)) {
      const end = start + words.length
      if ([...known, ...more].some((one) => start < one.end && one.start < end)) continue
      if (/\w/.test(words[0] as string) && /\w/.test(text[start - 1] ?? '')) continue
      if (/\w/.test(words.at(-1) as string) && /\w/.test(text[end] ?? '')) continue
      more.push({ kind, value, start, end })
    }
  }
  return more
}

class Placeholders {
  readonly #known = new Map<PersonalKind, string[]>()

  constructor(private readonly isJapanese: boolean) {}

  of({ kind, value }: Found): string {
    const values = this.#known.get(kind) ?? []
    this.#known.set(kind, values)
    let at = values.findIndex((known) => known === value || (kind === 'name' && isSamePerson(known, value)))
    if (at < 0) at = values.push(value) - 1
    return this.isJapanese ? `［${japanese[kind]}${at + 1}］` : `[${english[kind]} ${at + 1}]`
  }
}

/** 佐藤 and 佐藤花子 */
const isSamePerson = (a: string, b: string): boolean => a.startsWith(b) || b.startsWith(a)

const isJapanese = (texts: readonly string[]): boolean => texts.some((text) => /[ぁ-ヶ一-鿿]/.test(text))

/** Placeholders in the places of a text, which stand in order and apart. */
export function replaced(
  text: string,
  places: readonly Pick<MaskedPlace, 'start' | 'end' | 'placeholder'>[]
): string {
  let [out, at] = ['', 0]
  for (const { start, end, placeholder } of places) {
    out += text.slice(at, start) + placeholder
    at = end
  }
  return out + text.slice(at)
}
