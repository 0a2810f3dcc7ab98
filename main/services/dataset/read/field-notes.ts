// What was found in the rows of a table besides what is learnt, counted by field: told once, however many rows have it.
import type { Example, FieldNote } from '../../../contract/records'
import { markOf } from '../../reading/docx/question-marks'
import { CutTexts } from './cut-texts'
import { tablesIn } from './inner-tables'
import { isAnother, isTelling, isYesOrNo, leavesOut } from './telling-columns'
import { LabelForms } from './label-forms'
import { mayHoldTraces, tracesIn } from './text-traces'
import { boxIn } from './ticked-boxes'
import { markFields } from './example-marks'
import { TwoSides } from './two-sides'
import { UnreadSentences } from './unread-sentences'

/** Names that are remembered: rows of objects may each have names of their own. */
const mostNames = 1000
const longestNames = 20
/** Fewer in one text are said in passing. */
const fewestQuestions = 3

export class FieldNotes {
  readonly #notes = new Map<string, { note: Omit<FieldNote, 'count'>; count: number }>()
  readonly #columns = new Map<string, { count: number; readonly values: Set<string> }>()

  readonly #traces = new Map<FieldNote['kind'], { readonly shown: string; count: number }>()

  /** by name: whether the column is one of those that tell, and plays no role */
  readonly #telling = new Map<string, boolean>()
  readonly #cut = new CutTexts()
  readonly #sides = new TwoSides()
  readonly #labels = new LabelForms()
  /** columns of which nothing is read, and those of which it is known that they are none of these */
  readonly #others = new Set<string>()
  readonly #noOthers = new Set<string>()
  readonly #unread = new UnreadSentences()
  readonly #yesOrNo = new Map<string, boolean>()
  #questions = 0
  #roles: Readonly<Record<string, string>> | null = null

  add(kind: FieldNote['kind'], field: string): void {
    const key = `${kind} ${field}`
    const known = this.#notes.get(key)
    if (known) known.count++
    else this.#notes.set(key, { note: { kind, field }, count: 1 })
  }

  /** An example and its texts: what stands in them as written, e.g. &amp; or <br>, \\n, =SUM(A1), and who asks. */
  example(example: Example, texts: readonly string[]): void {
    this.#cut.add(texts.at(-1) ?? '')
    this.#sides.add(example)
    this.#labels.add(example)
    // nearly no text has anything of it
    if (!mayHoldTraces(texts)) return
    for (const [kind, shown] of tracesIn(texts)) this.trace(kind, shown)
    for (const text of texts) {
      const box = boxIn(text)
      if (box) this.trace('boxes', box)
    }
  }

  /** Counted once more; what was shown first is shown. */
  trace(kind: FieldNote['kind'], shown: string): void {
    const known = this.#traces.get(kind) ?? { shown, count: 0 }
    known.count++
    this.#traces.set(kind, known)
  }

  /** A row as it was read; roles: role -> column that plays it; joined: role -> what is read behind it. */
  row(
    values: Readonly<Record<string, unknown>>,
    roles: Readonly<Record<string, string>>,
    joined: Readonly<Record<string, readonly string[]>> = {}
  ): void {
    if (this.#roles !== roles) {
      this.#telling.clear()
      this.#noOthers.clear()
    }
    this.#roles = roles
    this.#unread.row(values, roles, joined)
    for (const name in values) {
      if (markFields.includes(name)) continue
      if (!this.#others.has(name) && !this.#noOthers.has(name)) this.#aside(name, values[name], roles, joined)
      let tells = this.#telling.get(name)
      if (tells === undefined) {
        tells = isTelling(name, roles)
        if (this.#telling.size < mostNames) this.#telling.set(name, tells)
      }
      const value = values[name]
      if (!tells && !this.#mayBeYesOrNo(name, value, roles)) continue
      const known = this.#columns.get(name) ?? { count: 0, values: new Set() }
      this.#columns.set(name, known)
      if (value !== undefined && value !== null && value !== '') known.count++
      if (known.values.size < 2) known.values.add(written(value).slice(0, 80))
    }
  }

  /** A column of which nothing is read, whatever it may be for. */
  #aside(
    name: string,
    value: unknown,
    roles: Readonly<Record<string, string>>,
    joined: Readonly<Record<string, readonly string[]>>
  ): void {
    if (value === undefined || value === null || value === '' || this.#others.size >= mostNames) return
    const isRead =
      Object.values(roles).includes(name) || Object.values(joined).some((all) => all.includes(name))
    if (!isRead && !saysNothingOf(name.normalize('NFKC').trim(), value)) this.#others.add(name)
    else if (this.#noOthers.size < mostNames) this.#noOthers.add(name)
  }

  /** Of a column that nobody reads: has nothing else stood in it so far? */
  #mayBeYesOrNo(name: string, value: unknown, roles: Readonly<Record<string, string>>): boolean {
    const known = this.#yesOrNo.get(name)
    if (known === false) return false
    const isEmpty = value === undefined || value === null || value === ''
    const may = (isEmpty || isYesOrNo(value)) && !Object.values(roles).includes(name)
    if (!may) this.#columns.delete(name)
    if (this.#yesOrNo.size < mostNames || known !== undefined) this.#yesOrNo.set(name, may)
    return may && (known !== undefined || this.#yesOrNo.has(name))
  }

  /** A text that is learnt as one: full of questions, a question with its answer, or with tables in it. */
  passage(text: string): void {
    if (isPair(text)) this.trace('pair', text.trim().slice(0, longestNames))
    for (const names of tablesIn(text)) this.trace('table', names.trim().slice(0, longestNames))
    const lines = text.split('\n').filter((line) => line.trim() !== '')
    const asking = lines.filter((line) => /[?？]/.test(line)).length
    if (asking < fewestQuestions || asking * 4 < lines.length) return
    this.#questions += asking
  }

  /** A column that says the same of every row tells nothing, unless it says that no row counts. */
  all(): readonly FieldNote[] {
    const columns = [...this.#columns].flatMap(([field, { count, values }]): FieldNote[] =>
      values.size > 1 || leavesOut(field, values) || (count > 0 && isAnother(field, this.#roles ?? {}))
        ? [{ kind: 'not-read', field, count }]
        : []
    )
    const traced = [...this.#traces].map(([kind, { shown, count }]): FieldNote => ({
      kind,
      field: shown,
      count
    }))
    const roles = Object.values(this.#roles ?? {})
    const cut = this.#cut.note()
    const named = [
      ...columns,
      ...this.#unread.notes(columns),
      ...[...this.#notes.values()].map(({ note }) => note)
    ]
    const others = [...this.#others].filter(
      (name) => !named.some(({ kind, field }) => kind === 'not-read' && field === name)
    )
    const aside = others.slice(0, namedAside).join(', ') + (others.length > namedAside ? ', …' : '')
    return [
      ...traced,
      ...(cut ? [cut] : []),
      ...this.#sides.notes(roles.slice(0, 2).join(' / ')),
      ...this.#labels.notes(),
      ...(this.#questions > 0 ? [{ kind: 'questions' as const, field: '？', count: this.#questions }] : []),
      ...[...this.#notes.values()].map(({ note, count }) => ({ ...note, count })),
      ...columns,
      ...this.#unread.notes(columns),
      ...(others.length > 0 ? [{ kind: 'aside' as const, field: aside, count: others.length }] : [])
    ]
  }
}

const written = (value: unknown): string =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '')

/** Columns that are named together. */
const namedAside = 12
/** What counts rows, or numbers in a column without a name, say nothing; words there may. */
const saysNothingOf = (name: string, value: unknown): boolean =>
  isNumberOfRow.test(name) && (!isUnnamed.test(name) || /^\s?[\d.,-]{1,20}\s?$/.test(written(value)))
const isUnnamed = /^(?:unnamed: ?\d+|\d{1,3})$/i
const isNumberOfRow =
  /^(?:id|idx|index|row|row_?(?:id|idx|number|no)|no\.?|nr\.?|#|番号|連番|項番|通番|行|行番号|項目番号|unnamed: ?\d+|\d{1,3}|__index_level_0__)$/i

/** 質問：… and below it 回答：…, in one cell. */
const isPair = (text: string): boolean => {
  if (!/^[\s【\[〔(（<＜《■●◆]{0,3}(?:[qＱ]|ご?質問|問)/i.test(text)) return false
  const [first = '', ...lines] = text.trim().split('\n', linesOfPair)
  return (
    markOf(first.slice(0, longestMarked))?.kind === 'question' &&
    lines.some((line) => markOf(line.slice(0, longestMarked))?.kind === 'answer')
  )
}
const linesOfPair = 40
const longestMarked = 60
