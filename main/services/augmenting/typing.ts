// Mistakes that people make when they type: of kana-kanji conversion, of kana, of Latin letters. One in a question; numbers and
// codes are never touched, for another number is another question.
import { fixedParts, isFree, type Change, type Chance } from './changed'

/** Words that sound alike and are taken for one another by conversion and by eye. Each may stand for the others by mistake. */
const soundAlike: readonly (readonly string[])[] = [
  ['以外', '意外'],
  ['保証', '保障', '補償'],
  ['回答', '解答'],
  ['機械', '機会'],
  ['期間', '機関'],
  ['使用', '仕様'],
  ['製作', '制作'],
  ['異動', '移動'],
  ['追求', '追及'],
  ['早い', '速い'],
  ['送って', '贈って'],
  ['直して', '治して'],
  ['変えたい', '代えたい', '替えたい'],
  ['着きますか', '付きますか'],
  ['更新', '交信'],
  ['紹介', '照会'],
  ['交換', '好感'],
  ['商品', '賞品'],
  ['支店', '視点'],
  ['講座', '口座'],
  ['開始', '会誌'],
  ['自身', '自信'],
  ['体制', '態勢'],
  ['確率', '確立'],
  ['関心', '感心'],
  ['対象', '対称'],
  ['精算', '清算'],
  ['十分', '充分'],
  ['特長', '特徴'],
  ['越える', '超える'],
  ['表す', '現す'],
  ['訪ね', '尋ね']
]

export const typingChange: Change = (question, chance) => {
  const ways = [converted, particle, longVowel, small, slipped, swapped, dropped]
  const start = chance.below(ways.length)
  for (let i = 0; i < ways.length; i++) {
    const typed = ways[(start + i) % ways.length]?.(question, chance) ?? null
    if (typed !== null && typed !== question) return typed
  }
  return null
}

/** One of the places of a pattern, outside of what must stay, put otherwise. */
function atOne(
  question: string,
  /** an own word, or what is looked for */
  sought: RegExp | string,
  chance: Chance,
  become: (words: string) => string
): string | null {
  const fixed = fixedParts(question)
  const places = [...placesOf(question, sought)].filter(([from, to]) => isFree(fixed, from, to))
  const place = chance.pick(places)
  if (!place) return null
  const [from, to] = place
  return question.slice(0, from) + become(question.slice(from, to)) + question.slice(to)
}

function* placesOf(text: string, sought: RegExp | string): Generator<readonly [number, number]> {
  if (typeof sought !== 'string')
    for (const { 0: words, index } of text.matchAll(sought)) yield [index, index + words.length]
  else
    for (let at = text.indexOf(sought); at >= 0; at = text.indexOf(sought, at + sought.length))
      yield [at, at + sought.length]
}

const converted: Change = (question, chance) => {
  const found = soundAlike.flatMap((group) =>
    group.filter((word) => question.includes(word)).map((word) => ({ word, group }))
  )
  const one = chance.pick(found)
  const other = one && chance.pick(one.group.filter((word) => word !== one.word))
  return one && other ? atOne(question, one.word, chance, () => other) : null
}

/** をを, のの: a key that was held too long */
const particle: Change = (question, chance) =>
  atOne(
    question,
    /(?<=[一-鿿ァ-ヶーぁ-ん])[をがのにはでと](?=[一-鿿ァ-ヶ])/g,
    chance,
    (words) => words + words
  )

/** サーバー -> サーバ, and a vowel that is forgotten inside */
const longVowel: Change = (question, chance) => atOne(question, /(?<=[ァ-ヶ])ー/g, chance, () => '')

/** って -> つて: shift was forgotten */
const small: Change = (question, chance) =>
  atOne(question, /[っゃゅょ]/g, chance, (kana) => ({ っ: 'つ', ゃ: 'や', ゅ: 'ゆ', ょ: 'よ' })[kana] ?? kana)

/** です -> でs, ます -> まs: sent before the syllable was whole */
const slipped: Change = (question, chance) => atOne(question, /(?<=[でま])す(?=か|。|$)/g, chance, () => 's')

/** two letters of a longer word in the wrong order, the first and the last in place */
const swapped: Change = (question, chance) =>
  atOne(question, /(?<![A-Za-z])[a-z]{5,}(?![A-Za-z])/g, chance, (word) => {
    const at = 1 + chance.below(word.length - 3)
    return word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2)
  })

const dropped: Change = (question, chance) =>
  atOne(question, /(?<![A-Za-z])[a-z]{5,}(?![A-Za-z])/g, chance, (word) => {
    const at = 1 + chance.below(word.length - 2)
    return word.slice(0, at) + word.slice(at + 1)
  })
