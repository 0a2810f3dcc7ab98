// What is found in a row by itself: personal data, rests, and how it is written. Rows come in order, one after another.
import type { CheckChoices, PersonalItem } from '../../contract/check-up'
import { personalKinds } from '../../contract/findings'
import { languageOfText } from '../dataset/read/script-language'
import { UnitClass, widthAt } from '../reading/unit-class'
import { Hits, type Found } from './hits'
import { namesListed, namesStanding } from './personal/known-names'
import { allowedKey, Masking, type MaskChoice, type MaskedPlace } from './personal/mask'
import { markupIn, withoutMarkup } from './rests/markup'
import { mailRestAt } from './rests/mail-rests'
import { mojibakeIn } from './rests/mojibake'
import { isOnlyGreeting, isRepeating, machinePhraseIn } from './rests/phrases'
import { placeholderIn } from './rests/placeholders'
import { excerptOf, placeOf, type CheckedRow } from './row'
import { thresholds } from './thresholds'

type SpanIn = (text: string) => readonly [number, number] | null

/** those that a text shows by itself, with what would stand there instead */
const inTexts = {
  placeholders: { find: placeholderIn, becomes: () => null },
  mojibake: { find: mojibakeIn, becomes: () => null },
  markup: { find: markupIn, becomes: (words: string) => withoutMarkup(words) },
  'mail-rests': {
    find: (text: string) => {
      const at = mailRestAt(text)
      return at === null ? null : ([at, text.length] as const)
    },
    becomes: () => ''
  }
} as const satisfies Record<string, { find: SpanIn; becomes: (words: string) => string | null }>

type Kind =
  | 'personal-data'
  | 'empty-answers'
  | 'too-short'
  | 'only-greeting'
  | 'repeating'
  | 'machine-phrases'
  | 'forbidden-words'
  | keyof typeof inTexts

/** values of personal data that are listed one by one */
const mostListed = 5000

const nothing =
  /^(?:[-ー―—‐.…。、,/／\s]*|なし|無し|特になし|ありません|n\/?a|none|null|nil|nan|undefined|未回答|回答なし|不明|空欄|-)$/i

export class OneRow {
  readonly #masking: Masking
  readonly #choice: MaskChoice
  /** with the names that rows list, as soon as all were looked at */
  #knowing: { readonly names: ReadonlySet<string>; readonly masking: Masking } | null = null
  readonly #personalItems = new Map<string, PersonalItem & { count: number }>()
  readonly #forbidden: readonly string[]
  readonly #hits: Readonly<Record<Kind, Hits>> = {
    'personal-data': new Hits('personal-data'),
    'empty-answers': new Hits('empty-answers'),
    'too-short': new Hits('too-short'),
    'only-greeting': new Hits('only-greeting'),
    repeating: new Hits('repeating'),
    'machine-phrases': new Hits('machine-phrases'),
    'forbidden-words': new Hits('forbidden-words'),
    placeholders: new Hits('placeholders'),
    mojibake: new Hits('mojibake'),
    markup: new Hits('markup'),
    'mail-rests': new Hits('mail-rests')
  }

  /** names: values that earlier masks have behind placeholders now */
  constructor({ allowed, allowedKinds, own, forbidden }: CheckChoices, names: readonly string[] = []) {
    const kinds = personalKinds.filter((kind) => !allowedKinds.includes(kind))
    this.#choice = { kinds, allowed, own, names }
    this.#masking = new Masking(this.#choice)
    this.#forbidden = forbidden.filter((word) => word.trim() !== '')
  }

  look(row: CheckedRow): void {
    this.#personal(row, this.#masking.mask(row.example).places)
    const { answer } = row
    if (row.example.kind === 'conversation' && nothing.test(answer.trim())) this.#row('empty-answers', row)
    else if (row.example.kind === 'conversation' && isOnlyGreeting(answer)) this.#row('only-greeting', row)
    else if (row.example.kind === 'conversation' && isTooShort(answer)) this.#row('too-short', row)
    for (const [kind, { find, becomes }] of Object.entries(inTexts) as [
      keyof typeof inTexts,
      (typeof inTexts)[keyof typeof inTexts]
    ][]) {
      for (const text of row.texts) {
        const span = find(text)
        if (!span) continue
        this.#row(kind, row, { text, span, becomes: becomes(text.slice(...span)) })
        break
      }
    }
    if (isRepeating(answer)) this.#row('repeating', row)
    const phrase = machinePhraseIn(answer)
    if (phrase) this.#row('machine-phrases', row, { text: answer, span: phrase, becomes: null })
    for (const word of this.#forbidden) {
      const at = answer.indexOf(word)
      if (at < 0) continue
      this.#hits['forbidden-words'].part(word)
      this.#row('forbidden-words', row, { text: answer, span: [at, at + word.length], becomes: null })
      break
    }
  }

  /** All were looked at. True: some list names that may stand in others, so that each has to be looked at again. */
  get wantsAgain(): boolean {
    const names = [...(this.#choice.names ?? []), ...namesListed([...this.#personalItems.values()])]
    this.#knowing = { names: new Set(names), masking: new Masking({ ...this.#choice, names }) }
    return names.length > 0
  }

  /** Names that other rows list, in a row that was looked at before. */
  lookAgain(row: CheckedRow): void {
    const { names, masking } = this.#knowing ?? { names: new Set<string>(), masking: this.#masking }
    if (row.texts.every((text) => namesStanding(text, names).next().done)) return
    this.#personal(row, masking.mask(row.example).places, this.#masking.mask(row.example).places)
  }

  /** each value once, the most frequent first */
  personal(): readonly PersonalItem[] {
    return [...this.#personalItems.values()].sort((a, b) => b.count - a.count)
  }

  #list({ kind, value, words }: MaskedPlace, row: CheckedRow): void {
    const key = allowedKey({ kind, value })
    const known = this.#personalItems.get(key)
    if (known) known.count++
    else if (this.#personalItems.size < mostListed)
      this.#personalItems.set(key, { kind, words, key, count: 1, place: placeOf(row) })
  }

  /** labels: short answers that come again and again are meant */
  found(isLabels: boolean): readonly Found[] {
    const left = ['too-short', 'only-greeting', 'empty-answers', 'repeating']
    return Object.entries(this.#hits).flatMap(([kind, hits]) =>
      isLabels && left.includes(kind) ? [] : (hits.found() ?? [])
    )
  }

  /** counted: those of them that were told before */
  #personal(row: CheckedRow, places: readonly MaskedPlace[], counted: readonly MaskedPlace[] = []): void {
    if (places.length === counted.length) return
    const hits = this.#hits['personal-data']
    if (counted.length === 0) hits.count++
    hits.target(row.index)
    for (const place of places) {
      if (counted.some(({ text, start }) => text === place.text && start === place.start)) continue
      hits.part(place.kind)
      this.#list(place, row)
    }
    const [first] = places
    if (!hits.wantsExamples || !first) return
    const text = row.texts[first.text] as string
    const later = places
      .filter((one) => one.text === first.text && one.start >= first.end)
      .sort((a, b) => a.start - b.start)
    // what stands close by is shown as it was and as it becomes, together with it
    let shown = 0
    let end = first.end
    for (const one of later) {
      if (one.start > end + besideShown || one.end > first.start + longestShown) break
      end = one.end
      shown++
    }
    const becomes = maskedIn(text, [first.start, end], [first, ...later.slice(0, shown)])
    // what follows is masked, too
    const behind = maskedIn(text, [end, text.length], later.slice(shown))
    hits.show({
      places: [placeOf(row)],
      excerpt: excerptOf(text.slice(0, end) + behind, [first.start, end], becomes)
    })
  }

  #row(
    kind: Kind,
    row: CheckedRow,
    at?: { readonly text: string; readonly span: readonly [number, number]; readonly becomes: string | null }
  ): void {
    const hits = this.#hits[kind]
    hits.count++
    hits.target(row.index)
    if (hits.wantsExamples)
      hits.show({ places: [placeOf(row)], excerpt: at ? excerptOf(at.text, at.span, at.becomes) : null })
  }
}

/** signs: of what stands beside a place, and of all that is shown as one */
const [besideShown, longestShown] = [20, 80]

/** A part of a text with what is masked in it, in order. */
function maskedIn(
  text: string,
  [from, to]: readonly [number, number],
  places: readonly MaskedPlace[]
): string {
  let masked = ''
  let at = from
  for (const { start, end, placeholder } of places) {
    masked += text.slice(at, start) + placeholder
    at = end
  }
  return masked + text.slice(at, to)
}

const noSign = new UnitClass(/[\s\p{P}]/u)

function isTooShort(answer: string): boolean {
  const { ja, other } = thresholds.shortAnswer
  if (hasSigns(answer, Math.max(ja, other))) return false
  const signs = answer.replace(/[\s\p{P}]/gu, '').length
  return signs < (languageOfText(answer) === 'ja' ? ja : other)
}

function hasSigns(text: string, least: number): boolean {
  let signs = 0
  for (let at = 0; at < text.length && signs < least; at += widthAt(text, at))
    if (!noSign.isAt(text, at)) signs++
  return signs >= least
}
