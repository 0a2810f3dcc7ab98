// The words of a figure by its name, in a run by its method. One without words is called by its name: it is shown all the
// same.
import { goalOf } from '../../contract/goals'
import type { Language } from '../../contract/language'
import type { MethodKey } from '../../contract/methods'
import { en } from './en'
import type { FigureWords } from './form'
import { ja } from './ja'

/** method: of the run that it is measured in; null: of runs by several */
export function figureWords(
  name: string,
  language: Language,
  method: MethodKey | null
): Required<FigureWords> {
  const known: Readonly<Record<string, FigureWords>> = language === 'ja' ? ja : en
  const named = name === 'loss' && isOfChoices(method) ? 'preferenceLoss' : name
  const words = Object.hasOwn(known, named) ? known[named] : undefined
  const { plain, term, short, training, heldOut } = words ?? {
    plain: name,
    term: name,
    short: name,
    training: name
  }
  const held = language === 'ja' ? `${training}（検証）` : `${training} (held out)`
  return { plain, term, short, training, heldOut: heldOut ?? held }
}

/** Its loss says how far the preferred reply is the likelier one, and not how far replies are from the examples. */
const isOfChoices = (method: MethodKey | null): boolean => method !== null && goalOf(method) === 'prefer'
