// Whether a model is meant by what was typed: every word stands somewhere in what is known and said of it, in either
// language. Pure.
import type { CatalogueEntry } from '../../contract/window/models'
import { modelsWords } from '.'

export function matchesModel(entry: CatalogueEntry, typed: string): boolean {
  const asked = plain(typed).split(' ').filter(Boolean)
  if (asked.length === 0) return true
  const said = (['ja', 'en'] as const).flatMap((language) => {
    const words = modelsWords(language)
    return [words.uses[entry.use], words.company[entry.licence.use]]
  })
  const text = plain([entry.id, entry.name, entry.maker, entry.licence.name, ...said].join(' '))
  return asked.every((word) => text.includes(word))
}

const plain = (text: string): string => text.normalize('NFKC').toLowerCase().replaceAll(/\s/g, ' ')
