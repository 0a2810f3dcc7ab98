// Facts of a text as far as a program can see them: amounts, dates, numbers, and names that something marks as names;
// and which facts of a reference an answer keeps, lacks, or has made up. It finds reasons to look, and proves nothing:
// a fact in other words ("half a month") is not seen. Placeholders of masking are none. Pure.
import { withoutMasks } from './masks'

export type FactKind = 'amount' | 'date' | 'number' | 'name'

export interface Fact {
  readonly kind: FactKind
  /** the same for the same fact in another writing: 1,000円 and ¥1000, 3月5日 and 3/5 */
  readonly key: string
  readonly text: string
  /** place in the text */
  readonly from: number
  readonly to: number
}

export interface ComparedFacts {
  /** places in the reference */
  readonly kept: readonly Fact[]
  readonly missing: readonly Fact[]
  /** places in the answer: neither the reference nor the question has them */
  readonly invented: readonly Fact[]
  /** places in the answer of what it kept */
  readonly found: readonly Fact[]
}

/** `known` names are not made up wherever they come: those of the house's own answers. */
export function compareFacts(
  answer: string,
  reference: string,
  question: string,
  known: ReadonlySet<string> = new Set()
): ComparedFacts {
  const [said, given, asked] = [factsOf(answer), unique(factsOf(reference)), factsOf(question)]
  const saidText = folded(answer).toLowerCase()
  const has = (facts: readonly Fact[], fact: Fact): boolean =>
    facts.some((one) => one.key === fact.key || bare(one) === bare(fact))
  const keeps = (fact: Fact): boolean =>
    fact.kind === 'name' ? saidText.includes(folded(fact.text).toLowerCase()) : has(said, fact)
  const given2 = `${folded(reference)}\n${folded(question)}`.toLowerCase()
  return {
    kept: given.filter(keeps),
    missing: given.filter((fact) => !keeps(fact)),
    found: said.filter((fact) => has(given, fact)),
    invented: unique(said).filter((fact) =>
      fact.kind === 'name'
        ? !known.has(fact.key) && !given2.includes(folded(fact.text).toLowerCase())
        : !has(given, fact) && !has(asked, fact)
    )
  }
}

/** Without those that lie within another; in their order. */
export function factsOf(text: string): readonly Fact[] {
  const plain = narrow(withoutMasks(text))
  const found: Fact[] = []
  const add = (kind: FactKind, key: string, from: number, to: number): void => {
    if (found.some((one) => from < one.to && one.from < to)) return
    found.push({ kind, key, text: text.slice(from, to), from, to })
  }
  for (const { pattern, key } of dates)
    for (const match of plain.matchAll(pattern)) {
      const name = key(match)
      if (name !== null) add('date', name, match.index, match.index + match[0].length)
    }
  for (const match of plain.matchAll(amounts)) {
    const { before = '', first, number = '', scale = '', after = '' } = match.groups ?? {}
    const value = Number((first ?? number).replaceAll(',', '')) * (scales[scale] ?? 1)
    const currency = currencies.find(([sign]) => sign.test(before || after))?.[1] ?? ''
    add('amount', `${currency}${value}`, match.index, match.index + match[0].length)
  }
  for (const match of plain.matchAll(numbers))
    add('number', match[0].replace(/(?<=\d),(?=\d{3})/g, ''), match.index, match.index + match[0].length)
  for (const { name, from } of namesIn(text))
    add('name', folded(name).toLowerCase(), from, from + name.length)
  return found.sort((a, b) => a.from - b.from)
}

const unique = (facts: readonly Fact[]): readonly Fact[] => [
  ...new Map(facts.map((fact) => [fact.key, fact])).values()
]

/** 550円 and a bare 550 say the same number. */
const bare = (fact: Fact): string => (fact.kind === 'amount' ? fact.key.replace(/^[^\d]+/, '') : fact.key)

/** Full-width digits and signs as half-width ones, sign by sign: places stay what they are. */
const narrow = (text: string): string =>
  text.replace(/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))

/** Full-width and half-width forms are one; thousands are not divided. */
export const folded = (text: string): string => text.normalize('NFKC').replace(/(?<=\d),(?=\d{3})/g, '')

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const monthOf = (name: string): number => months.indexOf(name.slice(0, 3).toLowerCase()) + 1
const day = (m: number | string, d: number | string, y?: string): string | null =>
  Number(m) >= 1 && Number(m) <= 12 && Number(d) >= 1 && Number(d) <= 31
    ? `${y ? `${Number(y)}-` : ''}${Number(m)}-${Number(d)}`
    : null

const dates: readonly {
  readonly pattern: RegExp
  readonly key: (match: RegExpExecArray) => string | null
}[] = [
  { pattern: /(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日/g, key: ([, y, m = '', d = '']) => day(m, d, y) },
  {
    pattern: /(?<![\d/-])(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?![\d/-])/g,
    key: ([, y, m = '', d = '']) => day(m, d, y)
  },
  { pattern: /(?<![\d/])(\d{1,2})\/(\d{1,2})(?![\d/])/g, key: ([, m = '', d = '']) => day(m, d) },
  {
    pattern:
      /\b((?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6})\.? (\d{1,2})(?:st|nd|rd|th)?\b(?:,? (\d{4})\b)?/gi,
    key: ([, m = '', d = '', y]) => day(monthOf(m), d, y)
  },
  {
    pattern: /[月火水木金土日]曜日?/g,
    key: ([name]) => `weekday ${'日月火水木金土'.indexOf(name[0] ?? '')}`
  },
  {
    pattern: /\b(sun|mon|tues|wednes|thurs|fri|satur)days?\b/gi,
    key: ([, name = '']) =>
      `weekday ${['sun', 'mon', 'tues', 'wednes', 'thurs', 'fri', 'satur'].indexOf(name.toLowerCase())}`
  }
]

const scales: Readonly<Record<string, number>> = { 千: 1e3, 万: 1e4, 億: 1e8 }
const currencies: readonly (readonly [RegExp, string])[] = [
  [/[¥\\円]|yen|JPY/i, '¥'],
  [/\$|ドル|dollar|USD/i, '$'],
  [/€|ユーロ|euro|EUR/i, '€'],
  [/£|ポンド|pound|GBP/i, '£'],
  [/%|パーセント|percent/i, '%']
]
const amounts =
  /(?<before>[¥$€£])(?<first>\d[\d,]{0,20}(?:\.\d{1,9})?)|(?<!\d)(?<number>\d[\d,]{0,20}(?:\.\d{1,9})?)(?<scale>[千万億]?) ?(?<after>円|ドル|ユーロ|ポンド|%|パーセント|yen\b|dollars?\b|euros?\b|pounds?\b|percent\b|JPY\b|USD\b|EUR\b|GBP\b)/gi

/** With what makes them one: 3-1-5, 03-1234-5678, 10:30, 1.5. */
const numbers = /\d+(?:,\d{3})*(?:[.:/-]\d+)*/g

/** Numbers of folded text without placeholders, as they stand. */
export const numbersIn = (text: string): ReadonlySet<string> =>
  new Set([...text.matchAll(/\d+(?:[.:/-]\d+)*/g)].map(([number]) => number))

interface Name {
  readonly name: string
  readonly from: number
}

/** What is quoted, mail and web addresses, words in Latin letters that begin large (LINE, PayPay), and names in kanji
 *  and katakana beside what says that they are names. A sentence in English begins large too, so there its first word
 *  is none. */
export function namesIn(whole: string): readonly Name[] {
  const text = withoutMasks(whole)
  const quoted = [...text.matchAll(/[「『]([^「」『』]{2,30})[」』]/gu)].map((match) => ({
    name: match[1] ?? '',
    from: match.index + 1
  }))
  const addresses = [
    ...text.matchAll(/(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}|https?:\/\/[\w./%~#?=&-]+/g)
  ].map((match) => ({ name: match[0], from: match.index }))
  const blank = (left: string, { name, from }: Name): string =>
    left.slice(0, from) + ' '.repeat(name.length) + left.slice(from + name.length)
  const rest = addresses.reduce(blank, text)
  const words = [
    ...rest.matchAll(
      /(?<![\p{Script=Latin}\d])\p{Lu}[\p{Script=Latin}\d]+(?:[ -]\p{Lu}[\p{Script=Latin}\d]+)*/gu
    )
  ]
    .filter(({ index }) => !beginsSentence(rest, index))
    .map((match) => ({ name: match[0], from: match.index }))
  const all = [...quoted, ...addresses, ...words, ...titledIn(text)]
  return [...new Map(all.map((one) => [one.name, one])).values()]
}

/** Names in kanji and katakana, as far as something beside them says that they are names: 株式会社ミドリ is one with its
 *  kind before it, 佐藤様, 渋谷支店 and ヤマト便 with it behind. A mere word in katakana may be any word, and is left alone. */
const titled =
  /(?:株式会社|有限会社|合同会社)(?<after>[\p{Script=Han}\p{Script=Katakana}ー々]{2,12})|(?<before>[\p{Script=Han}\p{Script=Katakana}ー々]{2,12}?)(?:株式会社|様|さん|氏|支店|本店|営業所|センター|便)/gu
/** whom everybody calls so */
const nobody = /客|皆|各|誰|奥|神|担当|業者|弊|当|貴|御|翌日|航空|船|速達|定期|配送|宅配|宅急|物流|別/u

function titledIn(text: string): readonly Name[] {
  return [...text.matchAll(titled)]
    .map(({ 0: whole, index, groups }) => {
      const after = groups?.['after']
      const name = after ?? groups?.['before'] ?? ''
      return { name, from: after === undefined ? index : index + whole.length - after.length }
    })
    .filter(({ name }) => !nobody.test(name))
}

const beginsSentence = (text: string, index: number): boolean => {
  const before = text.slice(0, index).trimEnd()
  return before === ''
    ? !/[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u.test(text)
    : /[.!?:\n"“]$/.test(before)
}
