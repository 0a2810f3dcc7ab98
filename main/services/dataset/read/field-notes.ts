// What was found in the rows of a table besides what is learnt, counted by field: told once, however many rows have it.
import type { FieldNote } from '../../../contract/records'

/** Columns and keys of a row that speak of whether it counts. */
const tellingColumns = new Set(
  `weight sample_weight loss_weight loss_mask mask train is_train is_test split subset fold deleted is_deleted hidden skip
  ignore exclude excluded disabled 使わない 除外 削除 削除済み 無効 不採用 対象外 採用 使用可否 公開 非公開`.split(
    /\s+/
  )
)

/** Those that programs write when they save a text as a page. */
const pageCode =
  /&(?:amp|lt|gt|quot|apos|nbsp|[a-z]{4,8}|#\d{2,6}|#x[\da-f]{2,6});|<\/?(?:br|p|div|span|b|i|u|strong|em|a|ul|ol|li|table|tr|td|font|img|h[1-6])(?:\s[^<>]{0,200})?\/?>/i

/** Names that are remembered: rows of objects may each have names of their own. */
const mostNames = 1000

export class FieldNotes {
  readonly #notes = new Map<string, { note: Omit<FieldNote, 'count'>; count: number }>()
  readonly #columns = new Map<string, { count: number; readonly values: Set<string> }>()

  #markup: { readonly code: string; count: number } | null = null

  /** by name: whether the column is one of those that tell, and plays no role */
  readonly #telling = new Map<string, boolean>()
  #roles: Readonly<Record<string, string>> | null = null

  add(kind: FieldNote['kind'], field: string): void {
    const key = `${kind} ${field}`
    const known = this.#notes.get(key)
    if (known) known.count++
    else this.#notes.set(key, { note: { kind, field }, count: 1 })
  }

  /** Codes of web pages that stand in an example as text, e.g. &amp; or <br>. */
  markup(texts: readonly string[]): void {
    for (const text of texts) {
      if (!text.includes('&') && !text.includes('<')) continue
      const [code] = pageCode.exec(text) ?? []
      if (code === undefined) continue
      this.#markup ??= { code: code.slice(0, 20), count: 0 }
      this.#markup.count++
      return
    }
  }

  /** A row as it was read; roles: role -> column that plays it. */
  row(values: Readonly<Record<string, unknown>>, roles: Readonly<Record<string, string>>): void {
    if (this.#roles !== roles) this.#telling.clear()
    this.#roles = roles
    for (const name in values) {
      let tells = this.#telling.get(name)
      if (tells === undefined) {
        tells = !Object.values(roles).includes(name) && tellingColumns.has(name.trim().toLowerCase())
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
    const markup: FieldNote[] = this.#markup
      ? [{ kind: 'markup', field: this.#markup.code, count: this.#markup.count }]
      : []
    return [
      ...markup,
      ...[...this.#notes.values()].map(({ note, count }) => ({ ...note, count })),
      ...columns
    ]
  }
}

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
