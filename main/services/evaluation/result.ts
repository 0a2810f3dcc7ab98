// A sheet counted: every score of every candidate with its interval, the traits of the tone, facts. Nothing is stored;
// the work makes way now and then, because a thousand items take a second or two.
import type { Candidate } from '../../contract/candidates'
import {
  decisiveScores,
  traitNames,
  type CandidateResult,
  type Difference,
  type EvaluationResult,
  type LengthSteps,
  type Score,
  type ScoreName,
  type TraitShares
} from '../../contract/evaluation'
import type { Example } from '../../contract/records'
import { settingRows } from '../../contract/settings'
import { compareFacts } from '../../metrics/facts'
import { ownBootstrap, pairedBootstrap } from '../../metrics/intervals'
import { lengthsOf, traitsBeside, traitsOf, type Traits } from '../../metrics/tone-card'
import { lengthOf, termsOf } from '../../metrics/tone-traits'
import { addUp } from '../../metrics/text-score'
import { Pauses } from '../reading/pauses'
import { answersOf, houseOf, type House } from './house'
import { askedOf, unaskedOf, type Item } from './items'
import { measuresFor, type Answered, type Measure } from './measures'
import type { Opened } from './open-sheet'
import { preferenceOf } from './preferred'
import type { Sheet } from './sheet'
import { draftFor } from './tone-draft'
import { verdictOf } from './verdict'

export interface ResultOptions extends Opened {
  readonly run: string
  readonly learnt: readonly Example[]
  readonly seen: EvaluationResult['seen']
  /** by which rewards of preferences are counted; absent: as usual */
  readonly beta?: number
  readonly forbidden: readonly string[]
  readonly general: EvaluationResult['general']
}

export async function resultOf(o: ResultOptions): Promise<EvaluationResult> {
  const { sheet, general, run, seen } = o
  const pauses = new Pauses()
  const pause = (): Promise<void> => pauses.whenDue()
  const all = askedOf(o.items, o.asked)
  const candidates = countable(all, sheet)
  const items = all.filter((item) => candidates.every(({ id }) => sheet.answer(item, id)))
  const rowsOf = ({ id }: Candidate): readonly Answered[] =>
    items.map((item) => ({
      question: item.exchange?.question ?? '',
      reference: item.exchange?.answer ?? '',
      answer: sheet.answer(item, id)?.text ?? '',
      tokens: sheet.score(item, id) ?? null
    }))
  const times = (id: string): number | null => {
    const seconds = items.flatMap((item) => sheet.answer(item, id)?.seconds ?? [])
    return seconds.length === 0 ? null : seconds.reduce((sum, one) => sum + one, 0) / seconds.length
  }
  const house = await houseOf(o.learnt, o.forbidden, pause)
  const own = answersOf(o.learnt)
  const measures = measuresFor(
    items.map(({ exchange }) => exchange?.answer ?? ''),
    house.toneOf,
    house.names
  )
  const counted: Counted[] = []
  for (const candidate of candidates) {
    const rows = rowsOf(candidate)
    const counts: (readonly (readonly number[] | null)[])[] = []
    for (const measure of measures) {
      const of: (readonly number[] | null)[] = []
      for (const row of rows) {
        of.push(measure.counts(row))
        await pause()
      }
      counts.push(of)
    }
    counted.push({ candidate, rows, counts })
  }
  const base = counted.find(({ candidate }) => candidate.id === 'base')
  const tuned = counted.find(({ candidate }) => candidate.id === 'tuned')
  const step = Math.max(10, Math.ceil(lengthsOf(own.length > 0 ? own : [' '.repeat(10)]).high / 100) * 10)
  const results: CandidateResult[] = []
  for (const one of counted) {
    const scores: Partial<Record<ScoreName, Score>> = {}
    for (const [at, measure] of measures.entries()) {
      const score = await scoreOf(measure, at, one, base, tuned, pause)
      if (score) scores[measure.name] = score
    }
    const { candidate } = one
    const secondsPerAnswer = times(candidate.id)
    const refused = items.filter((item) => sheet.answer(item, candidate.id)?.refused !== undefined).length
    results.push({
      ...{ candidate, secondsPerAnswer, scores, ...(refused > 0 && { refused }) },
      ...(await plainlyCounted(one, house, step, pause))
    })
  }
  // of the very questions that were asked: what is not usual in those is not missed in an answer to them
  const references = items.flatMap(({ exchange }) => exchange?.answer || [])
  const ownTraits: Traits[] = []
  for (const answer of references.length > 0 ? references : own) {
    ownTraits.push(traitsOf(answer, answer, house.toneOf(answer)))
    await pause()
  }
  return {
    ...{ run, seen, items: items.length, unasked: unaskedOf(o.items), candidates: results, general },
    preference: await preferenceOf(o, o.beta ?? settingRows.preferenceBeta.default, pause),
    own: {
      answers: own.length,
      traits: ownShares(ownTraits),
      lengths: lengthsOf(own),
      lengthSteps: stepsOf(own, step),
      greetings: house.tones.flatMap(({ greetings }) => greetings.map(({ text }) => text)),
      signOffs: house.tones.flatMap(({ signOffs }) => signOffs.map(({ text }) => text)),
      draft: draftFor(house, own),
      terms: house.tones.flatMap(({ terms }) => [...terms]),
      forbidden: o.forbidden
    },
    verdict: verdictOf({ items: items.length, candidates: results, general, seen })
  }
}

/** Without those that have hardly begun to answer: the others would be counted by the few questions that all have. */
function countable(items: readonly Item[], sheet: Sheet): readonly Candidate[] {
  const { candidates } = sheet.head
  const answered = candidates.map(({ id }) => items.filter((item) => sheet.answer(item, id)).length)
  const most = Math.max(...answered)
  return candidates.filter(({ id }, at) => id === 'base' || id === 'tuned' || 2 * (answered[at] ?? 0) >= most)
}

interface Counted {
  readonly candidate: Candidate
  readonly rows: readonly Answered[]
  /** of each measure, of each row */
  readonly counts: readonly (readonly (readonly number[] | null)[])[]
}

async function scoreOf(
  { name, value }: Measure,
  at: number,
  one: Counted,
  base: Counted | undefined,
  tuned: Counted | undefined,
  pause: () => Promise<void>
): Promise<Score | null> {
  const own = one.counts[at] ?? []
  const known = own.filter((counts) => counts !== null)
  if (known.length === 0) return null
  const together = (decisiveScores as readonly ScoreName[]).includes(name) ? decisiveScores.length : 1
  const alone = await ownBootstrap(known, value, pause)
  const between = async (first?: Counted, second?: Counted): Promise<Difference | null> => {
    if (!first || !second || first === second) return null
    const [a, b]: [(readonly number[])[], (readonly number[])[]] = [[], []]
    for (const [row, counts] of (first.counts[at] ?? []).entries()) {
      const other = second.counts[at]?.[row]
      if (!counts || !other) continue
      a.push(counts)
      b.push(other)
    }
    return a.length === 0 ? null : pairedBootstrap(a, b, value, { pause, together })
  }
  return {
    value: value(addUp(known)),
    ...{ low: alone.low, high: alone.high, items: known.length },
    overBase: await between(base, one),
    tunedOver: await between(one, tuned)
  }
}

async function plainlyCounted(
  { rows }: Counted,
  house: House,
  step: number,
  pause: () => Promise<void>
): Promise<Omit<CandidateResult, 'candidate' | 'scores' | 'secondsPerAnswer'>> {
  const facts = { kept: 0, missing: 0, invented: 0 }
  const traits: Traits[] = []
  const missed = new Map<string, number>()
  const used = new Set<string>()
  for (const { question, reference, answer } of rows) {
    const found = compareFacts(answer, reference, question, house.names)
    for (const kind of ['kept', 'missing', 'invented'] as const) facts[kind] += found[kind].length
    const tone = house.toneOf(reference)
    traits.push(traitsBeside(answer, reference, tone))
    for (const term of termsOf(reference))
      if (tone.terms.has(term) && !answer.includes(term)) missed.set(term, (missed.get(term) ?? 0) + 1)
    for (const word of tone.forbidden) if (answer.includes(word)) used.add(word)
    await pause()
  }
  const answers = rows.map(({ answer }) => answer)
  return {
    ...{ answered: rows.length, facts, traits: sharesOf(traits) },
    ...{ lengths: lengthsOf(answers), lengthSteps: stepsOf(answers, step) },
    forbiddenUsed: [...used],
    termsMissed: [...missed]
      .sort(([, a], [, b]) => b - a)
      .map(([term]) => term)
      .slice(0, 10)
  }
}

function sharesOf(traits: readonly Traits[]): TraitShares {
  return Object.fromEntries(
    traitNames.map((name) => {
      const said = traits.map((one) => one[name]).filter((one) => one !== null)
      return [name, { hits: said.filter(Boolean).length, total: said.length }]
    })
  ) as TraitShares
}

/** What none of the own answers to these questions has is asked of nobody (traitsBeside): it does not apply to them either. */
export function ownShares(traits: readonly Traits[]): TraitShares {
  const shares = sharesOf(traits)
  return Object.fromEntries(
    traitNames.map((name) => {
      const none = shares[name].hits === 0 && name !== 'forbidden'
      return [name, none ? { hits: 0, total: 0 } : shares[name]]
    })
  ) as TraitShares
}

const mostSteps = 20

function stepsOf(answers: readonly string[], width: number): LengthSteps {
  const counts = new Array<number>(mostSteps).fill(0)
  for (const answer of answers) {
    const at = Math.min(mostSteps - 1, Math.floor(lengthOf(answer) / width))
    counts[at] = (counts[at] ?? 0) + 1
  }
  return { width, counts }
}
