// How well runs sort what they have not seen, kept while somebody looks at it: one pass through the model, and every table,
// cell and threshold is made of its scores. And texts and files that are sorted for the window.
import { basename } from 'node:path'
import type { Language } from '../../contract/language'
import type { SaidLabel, SortedRow, SortingCalls, SortingView } from '../../contract/window/sorting'
import { heldOutOf } from '../evaluation/evaluations'
import type { Example, DataOverrides } from '../../contract/records'
import type { RunPlace } from '../runs/run-view'
import type { TunedModel } from '../runs/tuned-model'
import { classesOf, confusionOf } from './report'
import { askedOf, sortedTable } from './sorted-table'
import { isRight, saidAgain, scoreOf, type Sorting, type SortingReport, type Verdict } from './sorting'
import { NeiroError } from '../../contract/errors'

export interface SortingDeskOptions {
  readonly sorting: Sorting
  readonly tuned: (place: RunPlace) => Promise<TunedModel>
  readonly read: (
    path: string,
    overrides: DataOverrides
  ) => Promise<{ readonly examples: readonly Example[]; readonly refused: number }>
  readonly language: () => Language
  /** how far the run is saved; absent: it does not go on */
  readonly savedStep?: (place: RunPlace) => Promise<number>
}

type Args<C extends keyof SortingCalls> = Omit<SortingCalls[C]['args'], 'run' | 'fileId' | 'project'>
type Answer<C extends keyof SortingCalls> = Promise<SortingCalls[C]['result']>

const mostKept = 4
/** labels that are shown of a text that is tried */
const mostShown = 200

export class SortingDesk {
  /** by the folder of the run, and how far it is saved */
  readonly #reports = new Map<string, Promise<SortingReport>>()

  constructor(private readonly options: SortingDeskOptions) {}

  async view(place: RunPlace, { threshold }: Args<'sorting.report'>): Answer<'sorting.report'> {
    const report = saidAgain(await this.#report(place), threshold)
    const { score, figures, rows, refused } = report
    const classes = classesOf(report)
    return {
      run: place.id,
      ...{
        problem: score.problem,
        labels: score.labels,
        figures,
        rows: rows.length,
        leftOut: refused.length
      },
      classes:
        classes?.map(({ precision, recall, f1, support }, label) => ({
          ...{ label: score.labels[label] ?? '', precision, recall, f1, rows: support }
        })) ?? null,
      confusion: score.problem === 'single_label_classification' ? confusionOf(report) : null
    } satisfies SortingView
  }

  async rows(place: RunPlace, asked: Args<'sorting.rows'>): Answer<'sorting.rows'> {
    const report = saidAgain(await this.#report(place), asked.threshold)
    const { labels, problem } = report.score
    const found = report.rows.filter(
      (row) =>
        (asked.is === null || row.truth.includes(asked.is)) &&
        (asked.said === null || row.said.includes(asked.said)) &&
        (!asked.wrong || !isRight(row, problem))
    )
    // a number: the one that is furthest off first
    if (problem === 'regression')
      found.sort((a, b) => off(b.probabilities, b.truth) - off(a.probabilities, a.truth))
    const page = found.slice(asked.offset, asked.offset + asked.limit)
    return {
      total: found.length,
      rows: page.map((row): SortedRow => {
        const { text, labels: expected, source } = row.example
        const all = shown(row, labels)
        const said = all.filter((one) => one.said)
        return { row: source.row, text, expected, said: said.length > 0 ? said : all.slice(0, 1) }
      })
    }
  }

  async tried(place: RunPlace, { text, threshold }: Args<'sorting.try'>): Answer<'sorting.try'> {
    const tuned = await this.options.tuned(place)
    const { labels } = scoreOf(tuned)
    const [one] = await this.options.sorting.sort(tuned, [text], { threshold })
    if (!one) return []
    if (one instanceof NeiroError) throw one
    return shown(one, labels).slice(0, mostShown)
  }

  async file(place: RunPlace, path: string, { threshold }: Args<'sorting.file'>): Answer<'sorting.file'> {
    const tuned = await this.options.tuned(place)
    const { labels } = scoreOf(tuned)
    const { examples, refused } = await this.options.read(path, {})
    const asked = askedOf(examples)
    const sorted = await this.options.sorting.sort(
      tuned,
      asked.map(({ text }) => text),
      { threshold }
    )
    const language = this.options.language()
    const stem = basename(path).replace(/\.[^.]*$/, '')
    return {
      name: `${stem}-${language === 'ja' ? '仕分け' : 'sorted'}.csv`,
      text: sortedTable(asked, sorted, labels, language),
      ...{ rows: asked.length, refused }
    }
  }

  async #report(place: RunPlace): Promise<SortingReport> {
    // a run that went on has other scores
    const key = `${place.dir} ${(await this.options.savedStep?.(place)) ?? ''}`
    const known = this.#reports.get(key)
    if (known) return known
    const made = this.made(place)
    this.#reports.set(key, made)
    made.catch(() => this.#reports.delete(key))
    for (const old of [...this.#reports.keys()].slice(0, -mostKept)) this.#reports.delete(old)
    return made
  }

  protected async made(place: RunPlace): Promise<SortingReport> {
    const examples = await heldOutOf(place.dir)
    return this.options.sorting.report(await this.options.tuned(place), examples)
  }
}

const off = (said: readonly number[], is: readonly number[]): number =>
  Math.abs((said[0] ?? 0) - (is[0] ?? 0))

/** The likeliest first. */
function shown({ said, probabilities }: Verdict, labels: readonly string[]): readonly SaidLabel[] {
  return probabilities
    .map((probability, label) => ({
      label: labels[label] ?? '',
      probability,
      said: said.includes(label) || (said.length === 0 && labels.length === 1 && probabilities.length === 1)
    }))
    .sort((a, b) => b.probability - a.probability)
}
