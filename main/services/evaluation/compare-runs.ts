// Runs beside each other: the tuned answers of each to its held-out questions, held to the tone and the language of its own
// examples, as its own page says it; and, over the questions that a run shares with the first one, how much the two differ,
// both held to the tone that the first one learnt.
import {
  comparedScores,
  decisiveScores,
  type ComparedScore,
  type Difference,
  type RunScores,
  type ScoreName
} from '../../contract/evaluation'
import type { Example } from '../../contract/records'
import { ownBootstrap, pairedBootstrap } from '../../metrics/intervals'
import { addUp } from '../../metrics/text-score'
import { Pauses } from '../reading/pauses'
import type { RunPlace } from '../runs/run-view'
import { houseOf, type House } from './house'
import { askedOf } from './items'
import { measuresFor, type Answered, type Measure } from './measures'
import type { Opened } from './open-sheet'

export interface ComparedRun {
  readonly run: string
  /** null: nothing was asked */
  readonly opened: Opened | null
  readonly learnt: readonly Example[]
  /** words that its house never uses */
  readonly forbidden: readonly string[]
  readonly facts: Pick<RunScores, 'trainExamples' | 'heldOutExamples' | 'trainPrint' | 'heldOutPrint'>
}

/** Words that the house of a run never uses. */
export type ForbiddenOf = (place: RunPlace) => Promise<readonly string[]>

/** By what was asked and what a good answer is. */
type Rows = ReadonlyMap<string, Answered>

export async function compareRuns(runs: readonly ComparedRun[]): Promise<readonly RunScores[]> {
  const pauses = new Pauses()
  const pause = (): Promise<void> => pauses.whenDue()
  const [first] = runs
  if (!first) return []
  const rows = runs.map(({ opened }) => (opened ? rowsOf(opened) : new Map<string, Answered>()))
  const compared: RunScores[] = []
  const house = await houseOf(first.learnt, first.forbidden, pause)
  for (const [at, { run, facts, learnt, forbidden }] of runs.entries()) {
    const own = rows[at] as Rows
    const scores: Partial<Record<ComparedScore, Difference & { value: number }>> = {}
    const ownHouse = at === 0 ? house : await houseOf(learnt, forbidden, pause)
    for (const measure of measuresOf([...own.values()], ownHouse)) {
      const score = await scoreOf(measure, [...own.values()], pause)
      if (score) scores[measure.name as ComparedScore] = score
    }
    const over = at === 0 ? null : await differences(house, rows[0] as Rows, own, pause)
    compared.push({ run, items: own.size, scores, forbidden, over, ...facts })
  }
  return compared
}

const measuresOf = (rows: readonly Answered[], { toneOf, names }: House): readonly Measure[] =>
  measuresFor(
    rows.map(({ reference }) => reference),
    toneOf,
    names
  ).filter(({ name }) => (comparedScores as readonly ScoreName[]).includes(name))

function rowsOf({ sheet, items, asked }: Opened): Rows {
  return new Map(
    askedOf(items, asked).flatMap((item) => {
      const answer = sheet.answer(item, 'tuned')
      if (!answer || item.exchange === null) return []
      const { before, question, answer: reference } = item.exchange
      const tokens = sheet.score(item, 'tuned') ?? null
      return [
        [JSON.stringify([before, question, reference]), { question, reference, answer: answer.text, tokens }]
      ]
    })
  )
}

async function scoreOf(
  { counts, value }: Measure,
  rows: readonly Answered[],
  pause: () => Promise<void>
): Promise<(Difference & { value: number }) | null> {
  const known = rows.map(counts).filter((one) => one !== null)
  if (known.length === 0) return null
  const alone = await ownBootstrap(known, value, pause)
  return { ...alone, value: value(addUp(known)) }
}

async function differences(
  house: House,
  first: Rows,
  own: Rows,
  pause: () => Promise<void>
): Promise<RunScores['over']> {
  const shared = [...own.keys()].filter((key) => first.has(key))
  if (shared.length === 0) return null
  const rows = shared.map((key) => first.get(key) as Answered)
  const measures = measuresOf(rows, house)
  const scores: Partial<Record<ComparedScore, Difference>> = {}
  const together = decisiveScores.length
  for (const { name, counts, value } of measures) {
    const pairs = shared.flatMap((key) => {
      const [a, b] = [counts(first.get(key) as Answered), counts(own.get(key) as Answered)]
      return a && b ? [[a, b] as const] : []
    })
    if (pairs.length === 0) continue
    scores[name as ComparedScore] = await pairedBootstrap(
      pairs.map(([a]) => a),
      pairs.map(([, b]) => b),
      value,
      { pause, together }
    )
  }
  return { items: shared.length, scores }
}
