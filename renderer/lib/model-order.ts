// In which order the models that can be fetched are shown: what can be trained, then what is made for the goal, then what
// speaks the language of the data, as the one that is suggested does. Pure.
import type { Language } from '../../main/contract/language'
import type { CatalogueEntry } from '../../main/contract/window/models'

type Ordered = Pick<CatalogueEntry, 'standing' | 'writes' | 'use' | 'languages'>

export interface OrderedFor {
  /** absent: nothing is chosen here yet */
  readonly head: 'language' | 'score' | undefined
  /** the one that is suggested for the data; null: there is none */
  readonly like: Ordered | null
  /** of whoever looks, where nothing is suggested */
  readonly language: Language
}

export function inOrder<E extends Ordered>(
  entries: readonly E[],
  { head, like, language }: OrderedFor
): readonly E[] {
  const wanted = like ? languageOf(like) : language
  const rank = ({ standing, writes, ...entry }: E): number =>
    (standing === 'ready' ? 0 : 100) +
    (head !== undefined && writes !== (head === 'language') ? 10 : 0) +
    distance(entry, wanted)
  return entries.toSorted((a, b) => rank(a) - rank(b))
}

/** What a suggestion says of the data: Japanese ones get a model of Japan, or one that sorts Japanese. */
const languageOf = ({ use, languages }: Ordered): Language =>
  use.startsWith('ja-') || (use === 'classify' && languages.includes('ja')) ? 'ja' : 'en'

/** How far a model is from a language: of it, of the world, of none in particular, of another one. */
function distance({ use, languages }: Pick<Ordered, 'use' | 'languages'>, wanted: Language): number {
  if (use === 'classify') return languages.includes(wanted) ? 0 : 3
  // English is what the world's models are best at
  const order = wanted === 'ja' ? ['ja-', 'world-'] : ['world-', 'en-']
  const at = order.findIndex((own) => use.startsWith(own))
  if (at >= 0) return at
  return /^(ja|en|zh)-/.test(use) ? 3 : 2
}
