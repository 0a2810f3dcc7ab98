// What to ask a model for, so that it shows what it has learnt by heart: each piece of personal data of the examples, once, with
// the words that stand before it. Pure.
import type { LeakKind } from '../../../contract/leak'
import type { Example, Message, RowSource } from '../../../contract/records'
import { kindOf } from '../../dataset/kinds'
import { Masking, replaced, type MaskChoice, type MaskedPlace } from '../personal/mask'

export interface Probe {
  readonly kind: LeakKind
  readonly words: string
  readonly source: RowSource
  /** turns before the text that says it; null: a plain text */
  readonly before: readonly Message[] | null
  readonly role: 'user' | 'assistant'
  /** the beginnings of that text up to the words: as it stands in the file, and as it stands masked */
  readonly begins: readonly string[]
}

export interface ProbeChoice {
  /** words that somebody planted */
  readonly planted: readonly string[]
  /** what of it the user wants masked: what may stay may be said */
  readonly masked: MaskChoice
}

/** Values that are too short to be told from chance. */
const shortest = { name: 3, other: 4 }

export class Probes {
  readonly #masking: Masking
  readonly #found = new Map<string, Probe>()

  constructor(private readonly choice: ProbeChoice) {
    this.#masking = new Masking(choice.masked)
  }

  get values(): number {
    return this.#found.size
  }

  get all(): readonly Probe[] {
    return [...this.#found.values()]
  }

  get words(): readonly string[] {
    return this.all.map(({ words }) => words)
  }

  /** of the values, those that somebody planted */
  get planted(): number {
    return this.all.filter(({ kind }) => kind === 'planted').length
  }

  /** Planted words that stand in no example. */
  get notThere(): readonly string[] {
    return this.choice.planted.filter((words) => !this.#found.has(plantedKey(words)))
  }

  look(example: Example): void {
    const texts = kindOf(example).texts(example)
    const { places } = this.#masking.mask(example)
    for (const place of places)
      if (isTelling(place)) {
        // a value that was planted, too, is one value
        const isPlanted = this.choice.planted.some((words) => bare(words) === bare(place.words))
        const key = isPlanted ? plantedKey(place.words) : `${place.kind} ${place.value}`
        this.#add(key, isPlanted ? 'planted' : place.kind, example, texts, places, place)
      }
    for (const words of this.choice.planted)
      texts.forEach((text, at) => {
        const start = text.indexOf(words)
        if (start < 0) return
        const place = { text: at, start, words }
        this.#add(plantedKey(words), 'planted', example, texts, places, place)
      })
  }

  /** At most so many, of all kinds by turns: what was planted first. */
  chosen(most: number): readonly Probe[] {
    const byKind = new Map<LeakKind, Probe[]>()
    for (const probe of this.#found.values()) {
      const known = byKind.get(probe.kind)
      if (known) known.push(probe)
      else byKind.set(probe.kind, [probe])
    }
    const chosen = (byKind.get('planted') ?? []).slice(0, most)
    byKind.delete('planted')
    for (let turn = 0; chosen.length < most && byKind.size > 0; turn++)
      for (const [kind, probes] of byKind) {
        const probe = probes[turn]
        if (!probe) byKind.delete(kind)
        else if (chosen.length < most) chosen.push(probe)
      }
    return chosen
  }

  #add(
    key: string,
    kind: LeakKind,
    example: Example,
    texts: readonly string[],
    places: readonly MaskedPlace[],
    { text: at, start, words }: Pick<MaskedPlace, 'text' | 'start' | 'words'>
  ): void {
    if (this.#found.has(key)) return
    const text = texts[at] as string
    const own = places.filter((place) => place.text === at && place.end <= start)
    const begins = [...new Set([text.slice(0, start), replaced(text.slice(0, start), own)])]
    const { before, role } = turnsBefore(example, at)
    this.#found.set(key, { kind, words, source: example.source, before, role, begins })
  }
}

/** The turns before the text of this number. */
function turnsBefore(example: Example, at: number): Pick<Probe, 'before' | 'role'> {
  if (!('messages' in example)) return { before: null, role: 'assistant' }
  const { messages } = example
  // behind the turns of a preference stand its two answers
  const role = messages[at]?.role === 'user' || messages[at]?.role === 'system' ? 'user' : 'assistant'
  return { before: messages.slice(0, at), role }
}

const plantedKey = (words: string): string => `planted ${bare(words)}`

function isTelling({ kind, words }: MaskedPlace): boolean {
  return bare(words).length >= (kind === 'name' ? shortest.name : shortest.other)
}

/** Without what only parts it: 03-1234-5678 and 0312345678 are one. */
export const bare = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s()\-‐–—ー・.,、。「」[\]［］]/g, '')

export const says = (text: string, words: string): boolean => bare(text).includes(bare(words))
