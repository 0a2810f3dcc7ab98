// What stands in a text as written and is hardly meant: codes of web pages, written line ends, texts that are still encoded,
// signs that nobody sees, formulas, marks of templates, quoted mails, times of subtitles. Pure; the first of each is shown.
import type { FieldNote } from '../../../contract/records'
import { signs, signsIn } from '../../reading/signs-of-text'

interface Trace {
  readonly kind: FieldNote['kind']
  /** a first look that costs little */
  readonly sign: RegExp
  readonly trace: RegExp
  /** where true, it is none */
  readonly unless?: (text: string, at: number) => boolean
}

/** Written as in an address: the codes of an address itself are its own. */
function isInAddress(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - longestAddress), at)
  const word = before.slice(Math.max(before.lastIndexOf(' '), before.lastIndexOf('\n')) + 1)
  return /:\/\/|www\.|mailto:/i.test(word)
}
const longestAddress = 2000

const isOneWord = /^[A-Za-z\d+/=\s]+$/

export const traces: readonly Trace[] = [
  {
    kind: 'markup',
    sign: /[&<]/,
    trace:
      /&(?:amp|lt|gt|quot|apos|nbsp|[a-z]{4,8}|#\d{2,6}|#x[\da-f]{2,6});|<\/?(?:br|p|div|span|b|i|u|strong|em|a|ul|ol|li|table|tr|td|font|img|h[1-6])(?:\s[^<>]{0,200})?\/?>/i
  },
  // a line end as databases write it; not a path of Windows, nor a word of TeX
  {
    kind: 'escapes',
    sign: /\\n/,
    trace: /(?<![\\:][\w. -]{0,200})\\n(?!abla|eq|u\b|ot|eg|ewline|ewcommand|i\b|earrow|mid|ormal)/
  },
  // blanks of pages that are none of the keyboard's, and signs of one program's own fonts, too; joiners of scripts and emoji are
  // seen by what they join
  {
    kind: 'invisible',
    sign: /[\u0001-\u0008\u000b\u000c\u000e-\u001f\u007f\u0085\u00a0\u00ad\u2000-\u200b\u2028-\u202f\u205f\u2060\u2066-\u2069\ue000-\uf8ff\ufeff\ufffc]/,
    trace:
      /[\u0001-\u0008\u000b\u000c\u000e-\u001f\u007f\u0085\u00a0\u00ad\u2000-\u200b\u2028-\u202f\u205f\u2060\u2066-\u2069\ue000-\uf8ff\ufeff\ufffc]/
  },
  {
    kind: 'formula',
    sign: /^=/,
    trace: /^=[A-Z][A-Z0-9.]*\(|^=\$?[A-Z]{1,3}\$?\d+\b(?!=[\dA-F]{2})/
  },
  // of an address: Where%20is%20it, %E8%BF%94
  {
    kind: 'encoded',
    sign: /%/,
    trace: /[A-Za-z]%(?:20|2[1-9A-F]|3[A-F]|0A|0D)|%(?:[CD][\dA-F]|E[\dA-F]%[89AB][\dA-F])%[89AB][\dA-F]/i,
    unless: isInAddress
  },
  // of JSON and programs: \u8fd4, \xe8\xbf; quoted-printable of a mail: =E8=BF
  { kind: 'encoded', sign: /\\[ux]/, trace: /\\u[\da-f]{4}|\\x[\da-f]{2}\\x[\da-f]{2}/i },
  { kind: 'encoded', sign: /=[89A-F]/, trace: /=[89A-F][\dA-F]=[89AB][\dA-F]/ },
  // a line end as workbooks write it
  { kind: 'encoded', sign: /_x0/, trace: /_x00(?:0[ad9]|[012][\da-f])_/i },
  // Base64, of which the whole text is one word; a header of a mail
  {
    kind: 'encoded',
    sign: isOneWord,
    trace:
      /^(?=[^a-z]{0,40}[a-z])(?=[^A-Z]{0,40}[A-Z])(?=\D{0,40}\d)(?:[A-Za-z\d+/]{4}){6,}[A-Za-z\d+/]{0,3}={0,2}$/
  },
  // a list or an object as JSON or Python write it: ["はい", "30日"], {'answer': 'yes'}
  {
    kind: 'encoded',
    sign: /^\s?[[{]/,
    trace:
      /^\s?(?:\[\s?(?:"[^"\n]{1,40}|'[^'\n]{1,40})(?=[^]*["']\s?\]\s?$)|\{\s?(?:"[^"\n]{1,40}"|'[^'\n]{1,40}')\s?:(?=[^]*\}\s?$))/
  },
  // a long number as Excel shortens it, whose end is lost
  { kind: 'encoded', sign: /E\+\d/, trace: /(?<![\w.])\d(?:\.\d{1,10})?E\+\d{2}(?!\w)/ },
  // a picture within a text; a sign of a PDF that has no letter
  { kind: 'encoded', sign: /base64,/, trace: /data:[a-z+./-]{1,40};base64,[A-Za-z\d+/=]{8}/i },
  { kind: 'encoded', sign: /\(cid:/, trace: /\(cid:\d{1,5}\)/ },
  { kind: 'encoded', sign: /=\?/, trace: /=\?[\w-]{2,20}\?[BQ]\?/i },
  { kind: 'encoded', sign: /:[a-z+-]/, trace: /(?:^|[\s。！!.])(?::[a-z][a-z\d_]{2,24}:|:[+-]1:)(?=\s|$)/ },
  // the mark by which Excel takes a cell for text
  { kind: 'encoded', sign: /^'/, trace: /^'[^'\n]{0,15}(?=[^'\n]{0,2000}$)/ },
  // of a chat template, and places that a program fills in; not what our own masks have put there ([NAME 1])
  {
    kind: 'template',
    sign: /<\||\[\/?INST|<<SYS|_of_turn>|### |\{\{|\$\{|<\/?s>|<(?:think|reasoning|answer)|例|サンプル|\[[A-Z]|[○〇◯●△]{2}/,
    trace:
      /<\|[a-z_]{2,24}\|>|\[\/?INST\]|<<SYS>>|<\/?(?:think|thinking|reasoning|answer)>|<(?:start|end)_of_turn>|### (?:Instruction|Response|Input|Human|Assistant|User)\b|\{\{[^{}\n]{1,60}\}\}|\$\{[A-Za-z_][\w.]{0,40}\}|\[(?!(?:NAME|PHONE|ADDRESS|NUMBER) \d{1,4}\])(?:NAME|EMAIL|PHONE|ADDRESS|DATE|COMPANY|CUSTOMER|PERSON|REDACTED|MASKED|LOCATION|ORG|USER|NUMBER|AMOUNT|ORDER)[A-Z_ \d]{0,12}\]|[○〇◯●△]{2}(?:様|さん|株式会社|円|月|日)|^<s>|^[（(【[]?(?:記入|入力)?例[）)】\]:：]|^[（(【[]?サンプル[）)】\]:：]/
  },
  // of a call of a tool, of a chat program ([To:123], [info]…[/info]), and other parts between marks of a program's own
  {
    kind: 'template',
    sign: /__label__|<\/[A-Za-z]|\[TOOL_|<function=|\[(?:\/|To:|rp )/,
    trace:
      /<\/(?!(?:br|p|div|span|b|i|u|strong|em|a|ul|ol|li|table|tr|td|th|font|img|h[1-6])>)[A-Za-z][\w:-]{1,30}>|__label__\w{1,30}|\[TOOL_[A-Z]{1,12}\]|<function=|\[\/[a-z]{1,20}\]|\[(?:To:\d|rp aid=)/
  },
  // places of a program in single braces or behind %, in a mail that was taken from it: {customer_name}様, %s 担当
  {
    kind: 'template',
    sign: /\{[A-Za-z\d_\u3041-\u9fff]|%[sd]|<<|＜＜|\[\[/,
    trace:
      /(?<![\w\\}{])\{(?:\d|[A-Za-z_][\w.]{1,40}|[\u3041-\u9fff]{1,12})\}(?!\})|(?<![\w%])%(?:\d\$)?[sd](?![\w%])|(?:<<|＜＜|\[\[)[\w\u3041-\u9fff ]{1,20}(?:>>|＞＞|\]\])/
  },
  // what stands at the end of a prompt and of an answer in rows that were made for a certain model: ###, ->, END, Assistant:
  {
    kind: 'template',
    sign: /(?:#|[-=]>)\s{0,4}$|END\s{0,4}$|[A-Za-z回答ト]\s?[:：]\s{0,4}$/,
    trace:
      /(?:(?:^|\s)#{2,5}|\s[-=]>|(?:^|\s)<?END>?|(?:^|\n)(?:assistant|ai|bot|answer|response|output|model|gpt|アシスタント|回答)\s?[:：])\s{0,4}$/i
  },
  // what a form says where something is to be written
  {
    kind: 'template',
    sign: /^[（(【[<＜]/,
    trace:
      /^[（(【[<＜][^（(【[<＜）)】\]>＞\n]{0,30}(?:記入|入力|以内|文字|選択|必須|任意|ここに|write here|enter)[^（(【[<＜）)】\]>＞\n]{0,20}[）)】\]>＞]$/i
  },
  // of the mail that is answered
  {
    kind: 'quoted',
    sign: /[>＞]|Original|wrote|元のメッセージ/,
    trace: /(?<=\n|^)[>＞] ?[^\s>][^\n]{0,20}|-{3,5} ?(?:Original Message|元のメッセージ)/i
  },
  {
    kind: 'subtitles',
    sign: /-->/,
    trace: /\d{1,2}:\d{2}[,.]\d{3} --> /
  }
]

/** Something of every sign above but the one of a text that is all one word: a character that is a sign of it, or one of their
 *  words. Most texts have nothing of it, and looking for what they do not have is a fifth of looking for each sign. */
const words =
  /:[a-z+-]|_of_turn|_x0|END\s{0,4}$|[:：]\s{0,4}$|^[（【(＜]|Original|wrote|元の|例|サンプル|＜＜|E\+|__label__/
export const mayHoldTraces = (texts: readonly string[]): boolean => texts.some(mayHold)

function mayHold(text: string): boolean {
  const own = signsIn(text)
  return (
    (own & signs.trace) !== 0 || ((own & signs.traceWord) !== 0 && words.test(text)) || isOneWord.test(text)
  )
}

/** The first trace of each kind in texts that belong together; none where they may hold none. */
export function tracesIn(texts: readonly string[]): ReadonlyMap<FieldNote['kind'], string> {
  const found = new Map<FieldNote['kind'], string>()
  for (const { kind, sign, trace, unless } of traces) {
    if (found.has(kind)) continue
    for (const text of texts) {
      if (!sign.test(text)) continue
      const match = trace.exec(text)
      if (!match || unless?.(text, match.index)) continue
      found.set(kind, shownAs(match[0]))
      break
    }
  }
  return found
}

const longestShown = 20

/** Of a sign that nobody sees, its number. */
const shownAs = (trace: string): string =>
  /^\P{L}$/u.test(trace)
    ? `U+${(trace.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
    : trace.trim().slice(0, longestShown)
