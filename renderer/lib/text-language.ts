// The language of a run of text, for `lang`: it decides glyphs, breaking and how it is read aloud. By its script
// alone; undefined where that says nothing. Pure.
import type { Language } from '../../main/contract/language'

const kana = /[\u3041-\u30ff\uff66-\uff9f]/
const letter = /\p{L}/gu
const latin = /\p{Script=Latin}/gu

export function languageOf(text: string): Language | undefined {
  if (kana.test(text)) return 'ja'
  const letters = text.match(letter)?.length ?? 0
  const plain = text.match(latin)?.length ?? 0
  return letters > 0 && plain > letters / 2 ? 'en' : undefined
}
