// Where the texts of a set differ in writing, before anything is normalised: counted when files were read, and here put
// together with what the user has changed.
import type { Normalisation } from '../../../contract/window/data'
import { normalisations, noPlacesAtAll, placesOf, type AllPlaces, type Places } from './normalise'
import type { PlacedSet } from './placed-set'

export async function placesOfSet(set: PlacedSet): Promise<AllPlaces> {
  const entries: [Normalisation, Places][] = []
  for (const kind of normalisations) entries.push([kind, await placesOfKind(set, kind)])
  return { ...noPlacesAtAll, ...Object.fromEntries(entries) }
}

async function placesOfKind({ files, changes }: PlacedSet, kind: Normalisation): Promise<Places> {
  let count = 0
  let first: { readonly place: number; readonly example: Places['example'] } | null = null
  for (const [place, example] of changes.words) {
    const own = placesOf(example)[kind]
    count += own.count
    if (own.count > 0 && (!first || place < first.place)) first = { place, example: own.example }
  }
  for (const { file, base, name } of files) {
    const { at, counts } = file.index.places[kind]
    let isFirst = true
    for (let i = 0; i < at.length; i++) {
      const place = base + (at[i] as number)
      if (changes.removed.has(place) || changes.words.has(place)) continue
      count += counts[i] as number
      if (isFirst && (!first || place < first.place)) {
        const [example] = await file.examplesOf(at[i] as number, (at[i] as number) + 1, name)
        first = { place, example: example ? placesOf(example)[kind].example : null }
      }
      isFirst = false
    }
  }
  return { count, example: first?.example ?? null }
}
