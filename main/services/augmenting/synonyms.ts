// One word of a question in another word for the same.
import { fixedParts, isFree, type Change } from './changed'
import { usualSynonyms } from './synonym-list'

interface Place {
  readonly start: number
  readonly word: string
  readonly others: readonly string[]
}

/** own: groups of the user's; they come first where a word is in both */
export function synonymChange(own: readonly (readonly string[])[]): Change {
  const groups = [...own, ...usualSynonyms].filter((group) => group.length > 1)
  return (question, chance) => {
    const places = placesIn(question, groups)
    const place = chance.pick(places)
    const other = place && chance.pick(place.others)
    if (!place || other === undefined) return null
    const { start, word } = place
    return (
      question.slice(0, start) + asCase(other, question.slice(start)) + question.slice(start + word.length)
    )
  }
}

function placesIn(question: string, groups: readonly (readonly string[])[]): readonly Place[] {
  const fixed = fixedParts(question)
  const places: Place[] = []
  const taken: [number, number][] = []
  const words = groups
    .flatMap((group) => group.map((word) => ({ word, group })))
    .filter(({ word }) => word.trim() !== '')
    .sort((a, b) => b.word.length - a.word.length)
  for (const { word, group } of words) {
    for (let at = indexOf(question, word, 0); at >= 0; at = indexOf(question, word, at + 1)) {
      const end = at + word.length
      // a longer word that holds it was taken before
      if (!isFree(taken, at, end) || !isFree(fixed, at, end) || !standsAlone(question, at, end)) continue
      taken.push([at, end])
      const others = group.filter((one) => one !== word)
      places.push({ start: at, word, others })
    }
  }
  return places.sort((a, b) => a.start - b.start)
}

const isLatin = (word: string): boolean => /^[\x20-\x7e’]+$/.test(word)

const indexOf = (question: string, word: string, from: number): number =>
  isLatin(word) ? question.toLowerCase().indexOf(word.toLowerCase(), from) : question.indexOf(word, from)

/** No part of a longer word: 送料 is none of 送料表, and price none of priceless. */
function standsAlone(text: string, start: number, end: number): boolean {
  const [before, first] = [text[start - 1] ?? '', text[start] ?? '']
  const [last, after] = [text[end - 1] ?? '', text[end] ?? '']
  return !kinds.some(
    (kind) => (kind.test(before) && kind.test(first)) || (kind.test(last) && kind.test(after))
  )
}
const kinds = [/[一-鿿々]/, /[ァ-ヶー]/, /[A-Za-z0-9'’]/]

/** As large a first letter as stood there. */
function asCase(word: string, stood: string): string {
  const first = word[0] ?? ''
  if (/^[A-Z]/.test(stood) && /[a-z]/.test(first)) return first.toUpperCase() + word.slice(1)
  if (/^[a-z]/.test(stood) && /^[A-Z](?![A-Z'’ ])/.test(word)) return first.toLowerCase() + word.slice(1)
  return word
}
