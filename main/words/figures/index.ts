// The words of a figure by its name. One without words is called by its name: it is shown all the same.
import type { Language } from '../../contract/language'
import { en } from './en'
import type { FigureWords } from './form'
import { ja } from './ja'

export function figureWords(name: string, language: Language): Required<FigureWords> {
  const known: Readonly<Record<string, FigureWords>> = language === 'ja' ? ja : en
  const words = Object.hasOwn(known, name) ? known[name] : undefined
  const { plain, term, short, training, heldOut } = words ?? {
    plain: name,
    term: name,
    short: name,
    training: name
  }
  const held = language === 'ja' ? `${training}（検証）` : `${training} (held out)`
  return { plain, term, short, training, heldOut: heldOut ?? held }
}
