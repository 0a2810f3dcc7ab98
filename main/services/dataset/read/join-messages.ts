// Tables that hold one message a row: joined to one conversation a row, by the conversation's id, by each message's parent,
// or, where questions and answers take turns, by each question. Rows of a conversation need not stand together; where they say their place, that is their order.
import { isFilled } from './other-kinds'
import { answers, asks, isSpeaker } from './turns'

type Values = Readonly<Record<string, unknown>>
export interface MessageRow {
  readonly row: number
  readonly values: Values
}

interface Columns {
  readonly role: string
  readonly content: string
  readonly conversation: string | null
  readonly message: string | null
  readonly parent: string | null
  readonly order: string | null
}

const plain = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_\-.:・]+/g, '')

const names: Readonly<Record<keyof Columns, readonly string[]>> = {
  role: 'role from speaker sender author 役割 話者 発話者 発言者 送信者 ロール 種別 区分 qa q/a'.split(' '),
  content: 'content text message value utterance body 内容 本文 発言 発話 メッセージ テキスト'.split(' '),
  conversation:
    'conversationid convid conversation sessionid session threadid thread dialogid dialogueid dialog chatid ticketid messagetreeid treeid 会話id 会話番号 セッションid スレッドid 問い合わせ番号 チケット番号 会話'.split(
      ' '
    ),
  message: 'messageid msgid id uuid メッセージid'.split(' '),
  parent: 'parentid parent parentmessageid replyto inreplyto replytoid 親id 返信先'.split(' '),
  order:
    'order turn turnid turnindex index position seq sequence step no 順番 順序 番号 timestamp time createdat createtime date datetime 日時 時刻 送信日時'.split(
      ' '
    )
}

/** The columns of such a table; null where the rows are something else. */
export function messageColumns(rows: readonly Values[]): Columns | null {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const named = (part: keyof Columns): string | null =>
    names[part].map((name) => columns.find((column) => plain(column) === name)).find(Boolean) ?? null
  const role = named('role')
  const content = named('content')
  if (!role || !content || role === content) return null
  const speakers = rows.map((row) => row[role])
  if (!speakers.every((speaker) => typeof speaker === 'string')) return null
  const known = speakers.filter((speaker) => isSpeaker(speaker as string)).length
  if (known * 10 < rows.length * 8 || new Set(speakers).size < 2) return null
  const all = {
    role,
    content,
    conversation: named('conversation'),
    message: named('message'),
    parent: named('parent')
  }
  if (!all.conversation && !(all.message && all.parent) && !takeTurns(speakers as string[])) return null
  return { ...all, order: named('order') }
}

/** Questions and answers one after the other, without a word of who else speaks. */
function takeTurns(speakers: readonly string[]): boolean {
  if (!asks(speakers[0] ?? '') || !speakers.every((one) => asks(one) || answers(one))) return false
  const turns = speakers.filter((one, i) => i === 0 || asks(one) !== asks(speakers[i - 1] as string)).length
  return turns * 10 >= speakers.length * 8
}

/** One row a conversation, at the place of its first message. */
export function joinMessages(rows: readonly MessageRow[], columns: Columns): readonly MessageRow[] {
  const paths = columns.message && columns.parent ? branches(rows, columns) : null
  const { conversation } = columns
  const groups =
    paths ??
    (conversation
      ? [...grouped(rows, conversation).values()].map((group) => inOrder(group, columns))
      : byQuestion(rows, columns.role))
  return groups.map((group) => ({
    row: group[0]?.row ?? 0,
    values: { messages: group.map(({ values }) => turnOf(values, columns)) }
  }))
}

function turnOf(values: Values, { role, content }: Columns): Values {
  const { [role]: speaker, [content]: text, ...others } = values
  return { ...others, role: speaker, content: text, name: undefined }
}

function grouped(rows: readonly MessageRow[], column: string): ReadonlyMap<string, MessageRow[]> {
  const groups = new Map<string, MessageRow[]>()
  let last = ''
  for (const row of rows) {
    // merged cells say the id once
    const key = isFilled(row.values[column]) ? String(row.values[column]) : last
    last = key
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  return groups
}

function byQuestion(rows: readonly MessageRow[], role: string): readonly (readonly MessageRow[])[] {
  const groups: MessageRow[][] = []
  for (const row of rows) {
    const group = groups.at(-1)
    if (!group || asks(String(row.values[role] ?? ''))) groups.push([row])
    else group.push(row)
  }
  return groups
}

function inOrder(group: readonly MessageRow[], { order }: Columns): readonly MessageRow[] {
  if (!order) return group
  const places = group.map(({ values }) => placeOf(values[order]))
  if (places.some(Number.isNaN) || new Set(places).size < places.length) return group
  return group
    .map((row, i) => ({ row, place: places[i] as number }))
    .sort((a, b) => a.place - b.place)
    .map(({ row }) => row)
}

function placeOf(value: unknown): number {
  if (typeof value === 'number') return value
  const text = String(value ?? '').trim()
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) : Date.parse(text.replace(/\//g, '-'))
}

/** From each message without an answer back to the first: a conversation. What another one has taught already is
 *  context in the next. Null where the parents lead nowhere. */
function branches(
  rows: readonly MessageRow[],
  { message, parent }: Columns
): readonly (readonly MessageRow[])[] | null {
  const idOf = ({ values }: MessageRow): string => String(values[message as string] ?? '')
  const parentOf = ({ values }: MessageRow): string =>
    isFilled(values[parent as string]) ? String(values[parent as string]) : ''
  const byId = new Map(rows.map((row) => [idOf(row), row]))
  if (byId.size < rows.length || !rows.some((row) => byId.has(parentOf(row)))) return null
  const parents = new Set(rows.map(parentOf))
  const taught = new Set<string>()
  return rows
    .filter((row) => !parents.has(idOf(row)))
    .map((leaf) => {
      const path: MessageRow[] = []
      const seen = new Set<string>()
      for (let at: MessageRow | undefined = leaf; at && !seen.has(idOf(at)); at = byId.get(parentOf(at))) {
        seen.add(idOf(at))
        path.unshift(at)
      }
      return path.map((row) => {
        const isTaught = taught.has(idOf(row))
        taught.add(idOf(row))
        return isTaught ? { ...row, values: { ...row.values, weight: 0 } } : row
      })
    })
}
