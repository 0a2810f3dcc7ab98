// Which language a file is written in, told by its scripts alone. Enough to say "Japanese" or "English"; it
// does not tell French from German.
import type { Certainty, Example } from '../../../contract/records'
import type { DataFileView } from '../../../contract/window/data'
import { kindOf } from '../kinds'
import { ownCopy } from '../../reading/own-copy'
import { certain, fairly, hardly } from '../../reading/recognise/certainty'
import { UnitClass } from '../../reading/unit-class'

type Language = DataFileView['language']

/** Examples that are looked at. */
const looked = 500

/** Of examples that come one by one and are not kept, enough to look at: evenly spread, however many there are. */
export class LanguageSample {
  /** a text of each */
  texts: string[] = []
  #seen = 0
  #step = 1

  add(example: Example): void {
    if (this.#seen++ % this.#step !== 0) return
    this.texts.push(ownCopy(textOf(example)))
    if (this.texts.length < 2 * looked) return
    this.texts = this.texts.filter((_, i) => i % 2 === 0)
    this.#step *= 2
  }
}

export const languageOf = (examples: readonly Example[]): Language =>
  recogniseLanguage(textsOf(examples)).language

/** A text of each example, for as many as are looked at. */
export function textsOf(examples: readonly Example[]): readonly string[] {
  const step = Math.max(1, Math.floor(examples.length / looked))
  return examples.filter((_, i) => i % step === 0).map(textOf)
}

export function recogniseLanguage(texts: readonly string[]): {
  readonly language: Language
  readonly certainty: Certainty
} {
  const step = Math.max(1, Math.floor(texts.length / looked))
  const counts: Record<Language, number> = { ja: 0, en: 0, mixed: 0, other: 0 }
  for (let i = 0; i < texts.length; i += step) counts[languageOfText(texts[i] as string)]++
  const all = counts.ja + counts.en + counts.mixed + counts.other
  const most = (['ja', 'en', 'other'] as const).find((language) => counts[language] > 0.9 * all)
  if (all === 0) return { language: 'other', certainty: hardly('little-text') }
  // "mixed" is Japanese and another one
  const latin = counts.en >= counts.other ? 'en' : 'other'
  const several = counts.ja + counts.mixed > 0 ? 'mixed' : latin
  if (!most) return { language: several, certainty: fairly('mixed-languages') }
  return { language: most, certainty: counts[most] < all ? fairly('mixed-languages') : certain }
}

const letter = new UnitClass(/\p{L}/u)

/** A Japanese character says about as much as two and a half letters. */
export function languageOfText(text: string): Language {
  let [kana, kanji, plain] = [0, 0, 0]
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if ((unit >= 0x3041 && unit <= 0x30ff) || (unit >= 0xff66 && unit <= 0xff9f)) kana++
    else if ((unit >= 0x3400 && unit <= 0x9fff) || unit === 0x3005 || unit === 0x3006) kanji++
    else if ((unit >= 65 && unit < 91) || (unit >= 97 && unit < 123)) plain++
  }
  const letters = letter.countIn(text)
  const others = letters - kana - kanji - plain
  // Japanese without kana is short: a name, a word; long texts of kanji alone are Chinese
  const japanese = kana > 0 || kanji < 10 ? kana + kanji : 0
  const weight = { ja: 2.5 * japanese, en: plain, other: 2.5 * (kana + kanji - japanese) + 6 * others }
  const all = weight.ja + weight.en + weight.other
  if (all === 0) return 'other'
  if (weight.ja > 0.5 * all) return 'ja'
  if (weight.en > 0.9 * all) return 'en'
  return weight.other > 0.4 * all || japanese === 0 ? 'other' : 'mixed'
}

function textOf(example: Example): string {
  return kindOf(example)
    .texts(example)
    .map((text) => text.slice(0, 2000))
    .join(' ')
}
