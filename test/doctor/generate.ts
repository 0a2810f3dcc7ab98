// A data set with known defects of every kind that a row can have, by a seed: rows that are fine, rows that only look as if
// they were not, and each defect with the rows that it was planted in.
import iconv from 'iconv-lite'
import type { FindingKind } from '../../main/contract/findings'
import type { CheckedExample } from '../../main/services/doctor/row'
import * as lists from './lists'
import { decoy, personalCase, type Planted } from './personal-cases'
import { Random } from './random'
import { secondCase, secondDecoy } from './second-cases'

export interface Generated {
  readonly rows: readonly CheckedExample[]
  /** index of the rows that each repair is for */
  readonly planted: Readonly<Partial<Record<FindingKind, ReadonlySet<number>>>>
  /** of each row */
  readonly personal: readonly (readonly Planted[])[]
}

export const forbidden = ['最安値保証', '絶対に壊れない']

export function generate(seed: number, perKind = 40): Generated {
  return new Generator(new Random(seed), perKind).make()
}

/** Personal data alone, by the second generator: a row for each case, and as many that have none. */
export function generateSecond(seed: number, perKind = 40): Generated {
  const r = new Random(seed)
  const cases = Array.from({ length: 20 * perKind }, (_, i) =>
    i % 2 === 0 ? secondCase(r) : { text: secondDecoy(r), planted: [] }
  )
  return {
    rows: cases.map(({ text }, index) => ({
      ...{ index, heldOut: false },
      example: {
        kind: 'conversation',
        messages: [
          { role: 'user', content: r.pick(['ご確認ください。', 'どうなりましたか。', 'Could you check?']) },
          { role: 'assistant', content: text }
        ],
        source: { file: 'second.jsonl', row: index + 1 }
      }
    })),
    planted: {},
    personal: cases.map(({ planted }) => planted)
  }
}

interface Pair {
  readonly question: string
  readonly answer: string
}

class Generator {
  readonly #rows: CheckedExample[] = []
  readonly #personal: (readonly Planted[])[] = []
  readonly #planted = new Map<FindingKind, Set<number>>()
  /** rows that may be copied: nothing is wrong with them */
  readonly #fine: number[] = []

  constructor(
    private readonly r: Random,
    private readonly perKind: number
  ) {}

  make(): Generated {
    this.#fineRows()
    const { perKind, r } = this
    for (let i = 0; i < perKind; i++) {
      this.#rests(i)
      this.#contradiction(i)
    }
    const originals = [...this.#fine].sort(() => r.int(3) - 1)
    for (const at of originals.slice(0, perKind)) this.#plant('duplicates', this.#add(this.#pairAt(at)))
    for (const at of originals.slice(perKind, 2 * perKind))
      this.#plant('near-duplicates', this.#add(this.#nearly(this.#pairAt(at))))
    for (const [i, at] of originals.slice(2 * perKind, 3 * perKind).entries()) {
      const isExact = i % 2 === 0
      const copy = this.#add(isExact ? this.#pairAt(at) : this.#nearly(this.#pairAt(at)), [], true)
      this.#plant(isExact ? 'duplicates' : 'near-duplicates', copy)
      this.#plant('leakage', at)
    }
    for (let i = 0; i < 12 * perKind; i++) {
      const { text, planted } = personalCase(r, i)
      this.#add(this.#around(text, i), planted)
    }
    for (let i = 0; i < 6 * perKind; i++) this.#add(this.#around(decoy(r), i))
    return { rows: this.#rows, planted: Object.fromEntries(this.#planted), personal: this.#personal }
  }

  /** All goods with all questions: alike in form, and no two about the same. */
  #fineRows(): void {
    for (const thing of lists.goods)
      for (const [question, answer] of lists.asks)
        this.#fine.push(this.#add(filled({ question, answer }, thing)))
    for (const thing of lists.goodsEnglish)
      for (const [question, answer] of lists.asksEnglish)
        this.#plant('languages', this.#add(filled({ question, answer }, thing)))
  }

  #pairAt(at: number): Pair {
    const { example } = this.#rows[at] as CheckedExample
    if (!('messages' in example)) return { question: '', answer: example.text }
    return { question: example.messages[0]?.content ?? '', answer: example.messages[1]?.content ?? '' }
  }

  #add({ question, answer }: Pair, personal: readonly Planted[] = [], heldOut = false): number {
    const index = this.#rows.length
    const messages = [
      { role: 'user' as const, content: question },
      { role: 'assistant' as const, content: answer }
    ]
    this.#rows.push({
      index,
      heldOut,
      example: { kind: 'conversation', messages, source: { file: 'planted.jsonl', row: index + 1 } }
    })
    this.#personal.push(personal)
    return index
  }

  #plant(kind: FindingKind, index: number): void {
    const known = this.#planted.get(kind) ?? new Set()
    this.#planted.set(kind, known.add(index))
  }

  /** A row that is like no other, with the text at its beginning or its end. */
  #around(text: string, i: number): Pair {
    const thing = `${this.r.pick(lists.goods)}と${this.r.pick(lists.families)}町の${i}番棚`
    const isQuestion = this.r.chance(0.5)
    const isEnglish = !/[ぁ-ん一-鿿]/.test(text)
    const own = isEnglish
      ? `It concerns shelf ${i} near the ${this.r.pick(lists.goodsEnglish)} stand, if that helps.`
      : `${thing}の件でございます。`
    const reply = isEnglish
      ? `We have noted everything about shelf ${i} and will come back to you.`
      : `${thing}につきまして、確かに承りました。`
    const row = isQuestion
      ? { question: `${own}\n${text}`, answer: reply }
      : { question: own, answer: `${reply}\n${text}` }
    if (isEnglish && !/[ぁ-ん]/.test(row.answer)) this.#plant('languages', this.#rows.length)
    return row
  }

  #nearly({ question, answer }: Pair): Pair {
    const { r } = this
    const changed = r.pick<(pair: Pair) => Pair>([
      () => ({ question: question.replace('。', ''), answer: answer.replaceAll('。', '。 ') }),
      () => ({ question: `お世話になっております。${question}`, answer }),
      () => ({ question, answer: `${answer}どうぞよろしくお願いいたします。` }),
      () => ({
        question: question.replace('ください', 'いただけますか'),
        answer: answer.replace('ております', 'ています')
      }),
      () => ({ question: question.replace('か。', 'でしょうか？'), answer }),
      () => ({ question, answer: answer.replace('。', '！').replace('も', 'もまた') }),
      () => ({ question: question.replace('の', 'のの'), answer: answer.replace('。', '。。') })
    ])({ question, answer })
    const isSame = changed.question === question && changed.answer === answer
    return isSame ? { question: `恐れ入ります。${question}`, answer } : changed
  }

  #contradiction(i: number): void {
    const { r } = this
    const thing = `${r.pick(lists.goods)}${['の会', '教室', '講座', '展示', '便', '会員証', '抽選', '体験', '市', '通信'][i % 10]}${'甲乙丙丁戊'[Math.floor(i / 10) % 5]}`
    const [question, again, one, other, same] = r.pick<readonly [string, string, string, string, string]>([
      [
        `${thing}の送料はいくらですか。`,
        `${thing}の送料はいくらでしょうか？`,
        `送料は全国一律で${r.from(3, 5)}00円です。`,
        `${thing}の送料は${r.from(6, 9)}00円を頂戴しております。`,
        ''
      ],
      [
        `${thing}は何日で届きますか。`,
        `${thing}は何日で届くのでしょうか。`,
        `ご注文から${r.from(2, 4)}日でお届けします。`,
        `お届けまで${r.from(5, 9)}日ほどいただきます。`,
        ''
      ],
      [
        `${thing}の予約はできますか。`,
        `${thing}の予約はできますか？`,
        'はい、お電話にて予約を承っております。',
        '申し訳ございませんが、予約は承っておりません。',
        ''
      ],
      [
        `${thing}の受付は何時からですか。`,
        `${thing}の受付は、何時からですか。`,
        `受付は${r.from(8, 9)}時からです。`,
        `${r.from(10, 12)}時より受付いたします。`,
        ''
      ],
      [
        `${thing}の定員を教えてください。`,
        `${thing}の定員を教えてください。`,
        `定員は${r.from(10, 20)}名です。`,
        `${r.from(21, 40)}名までご参加いただけます。`,
        ''
      ],
      [
        `${thing}の参加費は無料ですか。`,
        `${thing}の参加費は無料でしょうか。`,
        '参加費は無料です。どなたでもお越しください。',
        'いいえ、参加費は有料です。受付でお支払いください。',
        ''
      ]
    ])
    this.#add({ question, answer: one })
    this.#plant('contradictions', this.#add({ question: again, answer: other }))
    void same
    // other words, the same facts: none
    const plain = `${r.pick(lists.families)}館の${thing}の料金はいくらですか。`
    const yen = r.from(2, 9) * 100
    this.#add({ question: plain, answer: `料金は${yen}円でございます。` })
    this.#add({ question: plain, answer: `お一人さま${yen}円を受付にてお支払いいただきます。` })
  }

  #rests(i: number): void {
    const { r } = this
    const ask = `${r.pick(lists.families)}通り${i}番の${r.pick(lists.goods)}について、`
    const plant = (kind: FindingKind, question: string, answer: string): void =>
      this.#plant(kind, this.#add({ question: ask + question, answer }))
    const good = `${r.pick(lists.goods)}は${r.pick(lists.families)}通り${i}番の店でご覧いただけます。`
    plant('empty-answers', '値引きはありますか。', r.pick(['-', 'なし', 'N/A', '…', '未回答', '。']))
    plant('too-short', '色は何ですか。', r.pick(['青', '赤色', '木製', '二つ']))
    plant(
      'only-greeting',
      '在庫はどうでしょう。',
      r.pick([
        'お世話になっております。',
        'お問い合わせいただき誠にありがとうございます。よろしくお願いいたします。',
        'いつもお世話になっております。ありがとうございます。',
        'かしこまりました。'
      ])
    )
    plant('repeating', '手入れの仕方は。', `${good}${'乾いた布で拭きます。'.repeat(r.from(3, 6))}`)
    plant(
      'placeholders',
      '担当はどなたですか。',
      r.pick([
        `○○様、${good}`,
        `{{customer_name}}様、${good}`,
        `${good}［会社名］までお越しください。`,
        `XXXXXX号室です。${good}`,
        `${good}詳細はTBDです。`,
        `【担当者名】が伺います。${good}`
      ])
    )
    plant('mojibake', '詳しい資料は。', mojibake(r, good))
    plant(
      'markup',
      '画像はありますか。',
      r.pick([
        `<p>${good}</p>`,
        `${good}<br>こちらです。`,
        `${good}&nbsp;です。`,
        `**${good}**`,
        `## ご案内\n${good}`,
        `${good}[こちら](https://example.com/a)へ。`
      ])
    )
    plant(
      'mail-rests',
      '返信をください。',
      r.pick([
        `${good}\n\n-----Original Message-----\nSubject: 在庫\n在庫はありますか。`,
        `${good}\n\n> 在庫はありますか。\n> 教えてください。`,
        `${good}\n--\nみどり文具 営業部\nhttps://www.example.com/`,
        `${good}\n━━━━━━━━━━\n株式会社みどり文具\n営業時間 平日のみ\n━━━━━━━━━━`
      ])
    )
    plant(
      'machine-phrases',
      '手伝ってください。',
      r.pick([
        `AI言語モデルとして申し上げますと、${good}`,
        `もちろんです！以下にご案内します。${good}`,
        `${good}他にご質問がございましたら、お気軽にお知らせください。`,
        `私はAIですので詳しくは分かりません。${good}`
      ])
    )
    plant(
      'politeness',
      '取り置きはできますか。',
      r.pick([
        `取り置きは店頭で受け付けている。${r.pick(lists.goods)}も同じだ。`,
        `${r.pick(lists.goods)}の取り置きは本店のみで行う。期限はない。`,
        `${r.pick(lists.goods)}は店に置いてある。見に来るとよい。`
      ])
    )
    plant('forbidden-words', '一番の売りは。', `${good}${r.pick(forbidden)}の品でございます。`)
    plant(
      'notation',
      '誰が買えますか。',
      `どのお客さまにもお求めいただける${r.pick(lists.goods)}を、${r.pick(lists.families)}通り${i}番でご用意しております。`
    )
    for (const usual of ['ございます', 'おります'])
      this.#add({
        question: `${ask}${usual === 'おります' ? '贈り先' : '使い道'}の相談をしたいです。`,
        answer: `お客様のご要望に合わせて、${good}ご相談の席も設けて${usual}。`
      })
  }
}

const filled = ({ question, answer }: Pair, thing: string): Pair => ({
  question: question.replaceAll('{}', thing),
  answer: answer.replaceAll('{}', thing)
})

function mojibake(r: Random, good: string): string {
  const bytes = Buffer.from(good)
  return r.pick([
    iconv.decode(bytes, 'windows-1252'),
    iconv.decode(bytes, 'shift_jis'),
    iconv.decode(bytes, 'latin1'),
    `${good.slice(0, 4)}\uFFFD\uFFFD${good.slice(6)}`
  ])
}
