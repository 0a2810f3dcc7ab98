// The names that people give to columns, in Japanese and English, and the role each plays; and the keys of JSON that hold
// conversations. Names are compared
// without width, case, spaces and brackets: 「質問 （必須）」 is 質問.
import { limits } from '../limits'

export type Role =
  | 'question'
  | 'answer'
  | 'subject'
  | 'system'
  | 'instruction'
  | 'input'
  | 'output'
  | 'prompt'
  | 'completion'
  | 'text'
  | 'label'
  | 'history'
  | 'chosen'
  | 'rejected'

/** Keys that hold a list of turns. */
export const turnListKeys = [
  'messages',
  'conversations',
  'conversation',
  'dialogue',
  'dialog',
  'utterances',
  'turns'
] as const

const names: Readonly<Record<Role, string>> = {
  question: `質問 質問文 質問内容 質問事項 ご質問 ご質問内容 問 問い 設問 問題 問合せ 問い合わせ 問合わせ お問合せ お問い合わせ お問合わせ
    問合せ内容 問い合わせ内容 問合わせ内容 お問合せ内容 お問い合わせ内容 お問合わせ内容 問い合わせ本文 お問い合わせ本文 相談 ご相談 相談内容 ご相談内容
    お客様 お客さま 顧客 ユーザー ユーザ 利用者 ユーザー発話 お客様の声 ご意見 受信 受信メール 受信本文 受信内容 入力文
    q question questions questiontext query user usermessage customer customermessage human inquiry enquiry ask faq
    问题 提问 질문 frage fragen pregunta pergunta domanda pytanie вопрос`,
  answer: `回答 回答文 回答内容 回答例 ご回答 答え 答 こたえ アンサー 解答 模範解答 模範回答 返信 ご返信 返信内容 返信文 返信本文 返信メール 返答 返答内容 応答 応答文
    返事 お返事 対応 対応内容 対応文 送信メール 送信本文 アシスタント オペレーター オペレータ 担当者 スタッフ ボット 出力文
    a answer answers answertext reply response responsetext assistant assistantmessage agent operator bot gpt
    答案 回复 回覆 답변 antwort antworten réponse reponse respuesta resposta risposta odpowiedź ответ`,
  subject: '件名 題名 表題 subject',
  system: `システム システム文 システムプロンプト システムメッセージ system systemprompt systemmessage systeminstruction
    systeminstructions`,
  instruction: '指示 指示文 命令 命令文 instruction instructions',
  input: '入力 補足 参考情報 input context',
  output: '出力 output',
  prompt: 'プロンプト prompt',
  completion: '補完 続き completion',
  text: 'テキスト 文章 文書 本文 文 内容 詳細 詳細内容 text content body description document passage sentence',
  label: `ラベル 分類 カテゴリ カテゴリー 種別 種類 区分 感情 タグ label labels category categories class intent sentiment topic tag score`,
  history: '履歴 会話履歴 history',
  chosen: `chosen chosenmessages chosenresponse preferred accepted better 良い回答 良い返信 良いほう 良い方 採用 採用回答 好ましい回答 選ばれた回答`,
  rejected: `rejected rejectedmessages rejectedresponse dispreferred worse 悪い回答 悪い返信 悪いほう 悪い方 良くない回答 不採用 不採用回答
    好ましくない回答 選ばれなかった回答`
}

const brackets: Readonly<Record<string, string>> = { '(': ')', '[': ']', '【': '】', '〔': '〕', '<': '>' }

/** What is left out where names are compared. */
const goes = /[\s_\-.:・*※/]/

/** Characters; no name of a column is so long. */
const longestName = 200

const roleByName = new Map(
  Object.entries(names).flatMap(([role, list]) =>
    list.split(/\s+/).map((name) => [plain(name), role as Role])
  )
)

/** Words that give a longer name away, the more telling first: 「お客様からのご質問」. */
const tellingWords: readonly (readonly [word: string, role: Role])[] = [
  ['回答', 'answer'],
  ['返信', 'answer'],
  ['返答', 'answer'],
  ['答え', 'answer'],
  ['answer', 'answer'],
  ['reply', 'answer'],
  ['response', 'answer'],
  ['質問', 'question'],
  ['問い合わせ', 'question'],
  ['問合せ', 'question'],
  ['相談', 'question'],
  ['question', 'question'],
  ['inquiry', 'question']
]

// 回答者, 質問日, question_id and the like speak about the text, they are not it
const aboutText = /(者|日|日時|時刻|番号|id|no|number|date|time|type|count|数|済|状況|url|name|名)$/

/** The role of a name that is in the lists. */
export function knownColumn(name: string): Role | null {
  return name.length <= limits.name && mayBeKnown(name) ? (roleByName.get(plain(name)) ?? null) : null
}

const longestKnown = [...roleByName.keys()].reduce((most, { length }) => Math.max(most, length), 0)
const apart = [...roleByName.keys()].map((name) => name.normalize('NFKD'))
const byFirstTwo = new Map<number, boolean>()
/** Beginnings that are remembered. */
const mostBeginnings = 100_000

/** A first look that costs little, since nearly every row of a table is asked about: how the name begins, and how many
 *  signs it has that stay when it is made plain. */
function mayBeKnown(name: string): boolean {
  if (name.length < 2) return true
  const firstTwo = name.charCodeAt(0) * 0x10000 + name.charCodeAt(1)
  let mayBegin = byFirstTwo.get(firstTwo)
  if (mayBegin === undefined) {
    mayBegin = beginsLikeOne(name.slice(0, 2))
    if (byFirstTwo.size < mostBeginnings) byFirstTwo.set(firstTwo, mayBegin)
  }
  if (!mayBegin) return false
  let stays = 0
  for (let at = 0; at < name.length; at++) {
    const code = name.charCodeAt(at)
    const isLetter = (code >= 0x61 && code <= 0x7a) || (code >= 0x3041 && code <= 0x3096)
    if (!isLetter && !(code >= 0x30a1 && code <= 0x30fa) && !(code >= 0x4e00 && code <= 0x9fff)) continue
    if (++stays > longestKnown) return hasBracket(name)
  }
  return true
}

/** Also where it cannot be told: signs that are left out, brackets, half a pair. */
function beginsLikeOne(two: string): boolean {
  const letters = two.normalize('NFKD').toLowerCase()
  return (
    goes.test(letters) ||
    hasBracket(two) ||
    /[\ud800-\udfff]/.test(two) ||
    apart.some((name) => name.startsWith(letters))
  )
}

const hasBracket = (name: string): boolean =>
  /[([【〔<（［＜\ufe30-\ufe6b\u2474-\u24b5\u3200-\u33ff\u207d\u208d]/.test(name)

/** Does the name say who asks or answers? Under it may stand what they say, or what they are called. */
export const namesPerson = (name: string): boolean => name.length <= limits.name && persons.has(plain(name))
const persons = new Set(
  `担当者 スタッフ オペレーター オペレータ お客様 お客さま 顧客 ユーザー ユーザ 利用者
  agent operator assistant bot customer user human`.split(/\s+/)
)

/** The role that a longer name hints at. */
export function hintedColumn(name: string): Role | null {
  const folded = plain(name.slice(0, limits.name))
  if (aboutText.test(folded)) return null
  return tellingWords.find(([word]) => folded.includes(word))?.[1] ?? null
}

function plain(name: string): string {
  return withoutBrackets(name.normalize('NFKC').toLowerCase()).replace(/[\s_\-.:・*※/]+/g, '')
}

/** Brackets go with what is in them; one that is never closed stays. */
function withoutBrackets(name: string): string {
  let kept = ''
  for (let at = 0; at < name.length; at++) {
    const sign = name[at] as string
    const closing = Object.hasOwn(brackets, sign) ? (brackets[sign] as string) : ''
    const isClosed = closing !== '' && name.length < longestName && name.indexOf(closing, at) > at
    if (isClosed) at = name.indexOf(closing, at)
    else kept += sign
  }
  return kept
}
