// Columns and keys that nobody reads and whose names say that they change what the others mean: whether a row counts, how
// good it is, or a second column of what is read from one.
import { hintedColumn, knownColumn, namesPerson, type Role } from '../../reading/recognise/column-names'

const telling = new Set(
  `weight sample_weight loss_weight loss_mask mask train is_train is_test split subset fold deleted is_deleted hidden skip
  ignore exclude excluded disabled
  status state review review_status reviewed approved is_approved rejected verdict valid is_valid active is_active enabled
  obsolete deprecated draft is_draft archived expired superseded expires expires_at valid_until
  choices options candidates rank version revision author sender speaker from role
  confidence similarity probability
  label labels score rating quality stars feedback thumbs
  ステータス 状態 状況 承認 承認状況 確認状況 有効 廃止 旧 下書き
  使わない 除外 削除 削除済み 無効 不採用 対象外 採用 使用可否 公開 非公開 有効期限 掲載期限 評価 評点 点数 品質 ラベル 選択肢 版 バージョン 改訂 送信者 発言者 話者 発話者 役割`.split(
    /\s+/
  )
)
/** Longer names that say it: 公開状態, 回答ステータス, article_status; 論理削除; 公開終了日; 顧客満足度, helpful_votes. */
const states =
  /(?:状態|状況|ステータス|フラグ|可否|採否|期限|範囲|対象)$|(?:^|[_\s-])(?:status|state|flag)$|削除|除外|無効|廃止|非表示|停止|(?:終了|失効|満了|終息)(?:予定)?(?:日|日時|年月日|日付)?$|満足度|評価|評点|スコア|点数|得点|信頼度|確信度|適切さ|いいね|低評価|役に立|対象|公開先|閲覧|送信者|発言者|発話者|話者|参加者|(?:^|[_\s-])(?:deleted?|removed|hidden|inactive|retired|expir\w{0,6}|end_?date|valid_?to|scores?|ratings?|stars?|csat|nps|votes?|likes?|dislikes?|helpful|confidence|quality|audience|visibility|helpfulness|correctness|coherence|toxicity|safety|rewards?|metadata)(?:$|[_\s-])|participant|speaker|sender/i
/** Of mails: who wrote to whom. */
const ofMails = /^(?:差出人|送信者|送信元|宛先|送信先|from|to)(?:$|[\s:：(（])/
const longestName = 40

/** Which of what is learnt from a role stands for. */
const sides: Readonly<Partial<Record<Role, 'asked' | 'answered'>>> = {
  question: 'asked',
  prompt: 'asked',
  instruction: 'asked',
  answer: 'answered',
  output: 'answered',
  completion: 'answered'
}
type Side = 'asked' | 'answered'

/** roles: role -> column that plays it */
export function isTelling(name: string, roles: Readonly<Record<string, string>>): boolean {
  if (Object.values(roles).includes(name)) return false
  const plain = name.normalize('NFKC').trim().toLowerCase()
  if (telling.has(plain) || ofMails.test(plain) || (plain.length <= longestName && states.test(plain)))
    return true
  return isAnother(name, roles)
}

/** A second column of what is read from one: it tells, whatever stands in it. */
export const isAnother = (name: string, roles: Readonly<Record<string, string>>): boolean =>
  !Object.values(roles).includes(name) && (isNumbered(name, roles) || isSecond(name, roles))

/** Another column of what is read from one: its name was there twice, and is numbered. */
function isNumbered(name: string, roles: Readonly<Record<string, string>>): boolean {
  const [, first] = /^(.+) \(\d+\)$/.exec(name) ?? []
  return first !== undefined && Object.values(roles).includes(first)
}

/** 回答（旧） beside 回答（新）, "Agent reply" beside "Answer". */
function isSecond(name: string, roles: Readonly<Record<string, string>>): boolean {
  if (namesPerson(name)) return false
  const side = sideOf(knownColumn(name) ?? hintedColumn(name))
  return side !== undefined && Object.keys(roles).some((role) => sideOf(role as Role) === side)
}

const sideOf = (role: Role | null): Side | undefined => (role === null ? undefined : sides[role])

/** 用語 and 説明 in one row: the names of another table further below. */
export const areNames = (question: string, answer: string): boolean =>
  question.length <= longestHeader &&
  answer.length <= longestHeader &&
  headers.asked.has(question.toLowerCase()) &&
  headers.answered.has(answer.toLowerCase())
const longestHeader = 16
const headers = {
  asked: new Set(
    '質問 質問内容 ご質問 問い合わせ お問い合わせ 用語 単語 項目 件名 見出し キーワード question questions term item subject keyword'.split(
      ' '
    )
  ),
  answered: new Set(
    '回答 回答内容 ご回答 答え 説明 意味 定義 解説 内容 詳細 対応 answer answers definition meaning description explanation details'.split(
      ' '
    )
  )
}

/** A word that says yes or no, or which side a row is of, in a column that may be called anything. */
export const isYesOrNo = (value: unknown): boolean =>
  typeof value === 'boolean' ||
  value === 0 ||
  value === 1 ||
  (typeof value === 'string' && yesOrNo.has(value.trim().toLowerCase()))
const yesOrNo = new Set(
  '○ 〇 ◯ × ✕ ✗ ✓ ✔ ☑ □ ■ 0 1 有 無 要 不要 可 不可 済 未 はい いいえ yes no y n true false ok ng on off q a 問 答 質問 回答 question answer'.split(
    ' '
  )
)

/** Does the column, which says the same of every row, say that none counts? train: false, weight: 0, deleted: true. */
export function leavesOut(field: string, values: ReadonlySet<string>): boolean {
  const [only = ''] = values
  const counts = /^(is_)?train$|weight$|^採用$/i.test(field.trim())
  const tells = counts
    ? /^(0|0\.0|false|no)$/i
    : /ignore|exclude|deleted|hidden|skip|disabled|使わない|除外|削除|無効|不採用|対象外/i.test(field)
      ? /^(1|1\.0|true|yes|はい|○|〇)$/i
      : null
  return tells?.test(only.trim()) ?? false
}
