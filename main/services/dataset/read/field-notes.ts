// What was found in the rows of a table besides what is learnt, counted by field: told once, however many rows have it.
import type { FieldNote } from '../../../contract/records'

/** Columns and keys of a row that speak of whether it counts. */
const tellingColumns = new Set(
  `weight sample_weight loss_weight loss_mask mask train is_train is_test split subset fold deleted is_deleted hidden skip
  ignore exclude excluded disabled
  status state review review_status reviewed approved is_approved rejected verdict valid is_valid active is_active enabled
  obsolete deprecated draft is_draft archived expired superseded ステータス 状態 状況 承認 承認状況 確認状況 有効 廃止 旧 下書き
  使わない 除外 削除 削除済み 無効 不採用 対象外 採用 使用可否 公開 非公開`.split(/\s+/)
)

/** What stands in a text and is not meant, by what is looked for first; the match is shown. */
const traces: readonly (readonly [FieldNote['kind'], sign: RegExp, trace: RegExp])[] = [
  [
    'markup',
    /[&<]/,
    /&(?:amp|lt|gt|quot|apos|nbsp|[a-z]{4,8}|#\d{2,6}|#x[\da-f]{2,6});|<\/?(?:br|p|div|span|b|i|u|strong|em|a|ul|ol|li|table|tr|td|font|img|h[1-6])(?:\s[^<>]{0,200})?\/?>/i
  ],
  // a line end as databases write it; not a path of Windows, nor a word of TeX
  [
    'escapes',
    /\\n/,
    /(?<![\\:][\w. -]{0,200})\\n(?!abla|eq|u\b|ot|eg|ewline|ewcommand|i\b|earrow|mid|ormal)/
  ],
  // joiners of scripts and emoji are seen by what they join
  [
    'invisible',
    /[\u0001-\u0008\u000b\u000c\u000e-\u001f\u007f\u00ad\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]/,
    /[\u0001-\u0008\u000b\u000c\u000e-\u001f\u007f\u00ad\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]/
  ],
  ['formula', /^=/, /^=[A-Z][A-Z0-9.]*\(|^=\$?[A-Z]{1,3}\$?\d+\b/]
]

/** Names that are remembered: rows of objects may each have names of their own. */
const mostNames = 1000

export class FieldNotes {
  readonly #notes = new Map<string, { note: Omit<FieldNote, 'count'>; count: number }>()
  readonly #columns = new Map<string, { count: number; readonly values: Set<string> }>()

  readonly #traces = new Map<FieldNote['kind'], { readonly shown: string; count: number }>()

  /** by name: whether the column is one of those that tell, and plays no role */
  readonly #telling = new Map<string, boolean>()
  #roles: Readonly<Record<string, string>> | null = null

  add(kind: FieldNote['kind'], field: string): void {
    const key = `${kind} ${field}`
    const known = this.#notes.get(key)
    if (known) known.count++
    else this.#notes.set(key, { note: { kind, field }, count: 1 })
  }

  /** Of an example: what stands in its texts as written, e.g. &amp; or <br>, \\n, =SUM(A1). */
  texts(texts: readonly string[]): void {
    for (const [kind, sign, trace] of traces) {
      const found = texts.map((text) => (sign.test(text) ? trace.exec(text)?.[0] : undefined)).find(Boolean)
      if (found === undefined) continue
      const known = this.#traces.get(kind) ?? { shown: shownAs(found), count: 0 }
      known.count++
      this.#traces.set(kind, known)
    }
  }

  /** A row as it was read; roles: role -> column that plays it. */
  row(values: Readonly<Record<string, unknown>>, roles: Readonly<Record<string, string>>): void {
    if (this.#roles !== roles) this.#telling.clear()
    this.#roles = roles
    for (const name in values) {
      let tells = this.#telling.get(name)
      if (tells === undefined) {
        const plays = Object.values(roles).includes(name)
        tells = !plays && (tellingColumns.has(name.trim().toLowerCase()) || isSecond(name, roles))
        if (this.#telling.size < mostNames) this.#telling.set(name, tells)
      }
      if (!tells) continue
      const value = values[name]
      const known = this.#columns.get(name) ?? { count: 0, values: new Set() }
      this.#columns.set(name, known)
      if (value !== undefined && value !== null && value !== '') known.count++
      if (known.values.size < 2) known.values.add(String(value ?? '').slice(0, 80))
    }
  }

  /** A column that says the same of every row tells nothing, unless it says that no row counts. */
  all(): readonly FieldNote[] {
    const columns = [...this.#columns].flatMap(([field, { count, values }]): FieldNote[] =>
      values.size > 1 || leavesOut(field, values) ? [{ kind: 'not-read', field, count }] : []
    )
    const traced = [...this.#traces].map(([kind, { shown, count }]): FieldNote => ({
      kind,
      field: shown,
      count
    }))
    return [
      ...traced,
      ...[...this.#notes.values()].map(({ note, count }) => ({ ...note, count })),
      ...columns
    ]
  }
}

/** Another column of what is read from one: its name was there twice, and is numbered. */
function isSecond(name: string, roles: Readonly<Record<string, string>>): boolean {
  const [, first] = /^(.+) \(\d+\)$/.exec(name) ?? []
  return first !== undefined && Object.values(roles).includes(first)
}

/** Of a sign that nobody sees, its number. */
const shownAs = (trace: string): string =>
  /^\P{L}$/u.test(trace)
    ? `U+${(trace.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
    : trace.slice(0, 20)

/** train: false, weight: 0, deleted: true. */
function leavesOut(field: string, values: ReadonlySet<string>): boolean {
  const [only = ''] = values
  const counts = /^(is_)?train$|weight$|^採用$/i.test(field.trim())
  const tells = counts
    ? /^(0|0\.0|false|no)$/i
    : /ignore|exclude|deleted|hidden|skip|disabled|使わない|除外|削除|無効|不採用|対象外/i.test(field)
      ? /^(1|1\.0|true|yes|はい|○|〇)$/i
      : null
  return tells?.test(only.trim()) ?? false
}
