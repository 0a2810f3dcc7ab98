// How well runs sort what they have not seen, kept while somebody looks at it: one pass through the model, and every table,
// cell and threshold is made of its scores. And texts and files that are sorted for the window.
import type { Events } from '../../contract/channels'
import { NeiroError } from '../../contract/errors'
import type { Language } from '../../contract/language'
import type { SaidLabel, SortedRow, SortingCalls, SortingView } from '../../contract/window/sorting'
import { heldOutOf } from '../evaluation/held-out'
import type { FileReader } from '../dataset/read/file-reader'
import { cancelled } from '../engine/turns'
import type { DataFile } from '../reading/data-files'
import type { RunPlace } from '../runs/run-view'
import type { TunedModel } from '../runs/tuned-model'
import { classesOf, confusionOf, surenessOf } from './report'
import { lookAtTables, sortedRows, sortedTable, type SortedTableRow } from './sorted-table'
import { isRight, saidAgain, scoreOf, type Sorting, type SortingReport, type Verdict } from './sorting'

export interface SortingDeskOptions {
  readonly sorting: Sorting
  readonly tuned: (place: RunPlace) => Promise<TunedModel>
  readonly reader: FileReader
  readonly onProgress: (progress: Events['sorting.progress']) => void
  readonly language: () => Language
  /** how far the run is saved; absent: it does not go on */
  readonly savedStep?: (place: RunPlace) => Promise<number>
}

type Args<C extends keyof SortingCalls> = Omit<SortingCalls[C]['args'], 'run' | 'fileId' | 'project'>
type Answer<C extends keyof SortingCalls> = Promise<SortingCalls[C]['result']>

const mostKept = 4
/** labels that are shown of a text that is tried */
const mostShown = 200
/** characters */
const longestFile = 100_000_000

export class SortingDesk {
  /** by the folder of the run, and how far it is saved */
  readonly #reports = new Map<string, Promise<SortingReport>>()
  /** files that are being sorted, by the run */
  readonly #files = new Map<string, AbortController>()

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
      sureness: surenessOf(report),
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

  /** The columns of a table, and the one that seems to hold what is sorted. */
  async look(file: DataFile): Answer<'sorting.look'> {
    const { columns, column, rows } = await lookAtTables(this.options.reader, [file], {})
    return { columns: columns.map(({ name, sample }) => ({ name, sample })), column, rows }
  }

  /** Every row of a table, lot by lot. Throws CANCELLED where it was stopped: then nothing comes of it. */
  async file(
    place: RunPlace,
    file: DataFile,
    { column, threshold }: Args<'sorting.file'>
  ): Answer<'sorting.file'> {
    const { reader, sorting, onProgress } = this.options
    const stop = new AbortController()
    this.#files.get(place.id)?.abort()
    this.#files.set(place.id, stop)
    try {
      const { signal } = stop
      const tuned = await this.options.tuned(place)
      const { labels } = scoreOf(tuned)
      const language = this.options.language()
      const tables = await lookAtTables(reader, [file], {}, column, signal)
      const onRow = (done: number, total: number): void => onProgress({ run: place.id, done, total })
      const lots = sortedRows(tables, { reader, sorting, tuned, threshold, signal, onRow })
      let unread = 0
      const counted = async function* (): AsyncGenerator<readonly SortedTableRow[]> {
        for await (const lot of lots) {
          unread += lot.filter(({ sorted }) => sorted instanceof NeiroError).length
          yield lot
        }
      }
      let text = ''
      for await (const piece of sortedTable(counted(), tables, labels, language)) {
        text += piece
        // no window could hold it; the command line writes it to a file
        if (text.length > longestFile) throw new NeiroError('REPLY_TOO_LARGE')
      }
      if (signal.aborted) throw cancelled()
      const stem = file.name.replace(/\.[^.]*$/, '')
      return {
        name: `${stem}-${language === 'ja' ? '仕分け' : 'sorted'}.csv`,
        ...{ text, rows: tables.rows, unread }
      }
    } finally {
      if (this.#files.get(place.id) === stop) this.#files.delete(place.id)
    }
  }

  stop(place: RunPlace): void {
    this.#files.get(place.id)?.abort()
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
