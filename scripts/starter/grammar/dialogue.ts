// Makes whole dialogues out of topics: how a person wraps, shortens or misspells a question, and what an
// office answers in plain words. The default is a bare plain answer; everything else is asked for or rare.
import { expandPattern, type Pattern } from './pattern'
import { hashText, type Chance } from './random'
import { circumstances, closers, farewells, greetings, houses, leads, openers, tails } from './manners'
import { courteous } from './politeness'
import { readingExercise } from './reading'
import { inSample } from './sample-questions'
import type { Language, Topic } from './topics'

export interface Turn {
  readonly role: 'system' | 'user' | 'assistant'
  readonly content: string
}
export interface Dialogue {
  readonly turns: readonly Turn[]
  readonly language: Language
  /** id of the last question's topic, or 'reading' */
  readonly topic: string
  /** what the last answer must contain */
  readonly facts: readonly string[]
}
export type Part = 'train' | 'held_out'

/** Never trained on: one question in fifty, told by its words alone, and every question of the sample. */
export function partOf(core: string): Part {
  return hashText(core) % 50 === 0 || inSample(core) ? 'held_out' : 'train'
}

const gap = { ja: '', en: ' ' } as const
const join = (language: Language, ...parts: readonly string[]): string =>
  parts.filter((part) => part !== '').join(gap[language])

/** The question's kernel as its pattern gives it, from the wanted part. */
function kernel(topic: Topic, language: Language, part: Part, chance: Chance): string | null {
  for (let tries = 0; tries < 400; tries++) {
    const core = expandPattern(chance.pick(topic[language].ask), chance)
    if (partOf(core) === part) return core
  }
  return null
}

/** Runs of one script, so that a word can fall out whole. */
const japaneseRuns = /[一-龠々]+|[ぁ-ん]+|[ァ-ヶー]+|[^一-龠々ぁ-んァ-ヶー]+/gu

function slip(text: string, language: Language, chance: Chance): string {
  const runs = language === 'ja' ? text.match(japaneseRuns) : text.match(/\S+\s*/g)
  if (runs === null || runs.length < 4) return text
  const at = chance.below(runs.length)
  if (language === 'ja') {
    // particles and endings go first: what is left is how people search
    if (/[ぁ-ん]/u.test(runs[at] as string)) runs[at] = chance.happens(0.5) ? '' : ' '
    return runs.join('')
  }
  const word = runs[at] as string
  if (/^[A-Z0-9]/.test(word) && at > 0) return text // names and figures stay
  if (word.length > 4 && chance.happens(0.5)) {
    const i = 1 + chance.below(word.length - 3)
    runs[at] = word.slice(0, i) + (word[i + 1] ?? '') + word[i] + word.slice(i + 2)
  } else runs[at] = ''
  return runs.join('').trim()
}

function wrap(core: string, language: Language, chance: Chance): string {
  let text = core
  if (chance.happens(0.1)) text = slip(text, language, chance)
  if (language === 'en' && chance.happens(0.12)) text = text.toLowerCase()
  if (language === 'ja' && !/[。？]$/u.test(text)) text += chance.pick(['。', '。', '？', ''])
  const maybe = (patterns: Readonly<Record<Language, readonly Pattern[]>>, probability: number): string =>
    chance.happens(probability) ? expandPattern(chance.pick(patterns[language]), chance) : ''
  const before = join(language, maybe(openers, 0.2), maybe(circumstances, 0.3))
  const after = maybe(closers, 0.12)
  if (after !== '' && language === 'ja' && !/[。？]$/u.test(text)) text += '。'
  return join(language, before, text, after)
}

function plainAnswer(topic: Topic, language: Language, chance: Chance): string {
  const body = expandPattern(chance.pick(topic[language].say), chance)
  const lead = chance.happens(0.06) ? expandPattern(chance.pick(leads[language]), chance) : ''
  const tail = chance.happens(0.06) ? expandPattern(chance.pick(tails[language]), chance) : ''
  return join(language, lead, body, tail)
}

function single(topic: Topic, language: Language, chance: Chance): Dialogue {
  const core = kernel(topic, language, 'train', chance)
  if (core === null) throw new Error(`no question to train on for ${topic.id} (${language})`)
  const question = wrap(core, language, chance)
  const answer = plainAnswer(topic, language, chance)
  return {
    turns: [
      { role: 'user', content: question },
      { role: 'assistant', content: answer }
    ],
    language,
    topic: topic.id,
    facts: topic[language].facts
  }
}

const some = (patterns: readonly Pattern[], chance: Chance): string =>
  expandPattern(chance.pick(patterns), chance)

/** Who is asked to answer how: the order to the model. */
const orders = {
  ja: {
    courteous: [
      'ていねいに答えてください。',
      '敬語で答えてください。',
      'お客さま向けのていねいな言葉でお願いします。'
    ],
    frame: (first: string, last: string) => [
      `はじめに「${first}」、おわりに「${last}」と書いてください。`,
      `「${first}」で始めて「${last}」で終えてください。`
    ],
    role: (house: string) => [`あなたは${house}の窓口です。`, `${house}の係として答えてください。`]
  },
  en: {
    courteous: [
      'Answer politely.',
      'Please answer in a courteous tone.',
      'Write with courtesy, as to a guest.'
    ],
    frame: (first: string, last: string) => [
      `Begin with "${first}" and end with "${last}".`,
      `First write "${first}", at the end "${last}".`
    ],
    role: (house: string) => [`You are the desk of ${house}.`, `Answer for ${house}.`]
  }
} as const

function ordered(base: Dialogue, order: string, answer: string): Dialogue {
  return {
    ...base,
    turns: [{ role: 'system', content: order }, base.turns[0] as Turn, { role: 'assistant', content: answer }]
  }
}

function body(topic: Topic, language: Language, chance: Chance, isCourteous: boolean): string {
  const plain = some(topic[language].say, chance)
  return isCourteous ? courteous(plain, language, chance) : plain
}

/** The system message asks for courtesy, for a beginning and an end, or for a role: manner is learnt apart
 *  from matter, so that a fact is found behind whatever was said before it. */
function mannered(topic: Topic, language: Language, chance: Chance): Dialogue {
  const base = single(topic, language, chance)
  const words = orders[language]
  const kind = chance.next()
  if (kind < 0.2) {
    return ordered(base, chance.pick(words.courteous), body(topic, language, chance, true))
  }
  if (kind < 0.6) {
    const isCourteous = chance.happens(0.5)
    const first = chance.happens(0.5)
      ? some(leads[language], chance)
      : join(language, opening(language, expandPattern(houses[language], chance), chance))
    const last = some(chance.happens(0.5) ? tails[language] : farewells[language], chance)
    const order = chance.pick(words.frame(first, last))
    return ordered(
      base,
      isCourteous ? join(language, chance.pick(words.courteous), order) : order,
      join(language, first, body(topic, language, chance, isCourteous), last)
    )
  }
  const house = expandPattern(houses[language], chance)
  return ordered(base, chance.pick(words.role(house)), letter(topic, language, chance, house))
}

/** An answer as some house would write it: who writes, a word of greeting, the matter, a farewell. */
function letter(topic: Topic, language: Language, chance: Chance, house: string): string {
  const maybe = (text: string, probability: number): string => (chance.happens(probability) ? text : '')
  return join(
    language,
    maybe(opening(language, house, chance), 0.8),
    maybe(some(greetings[language], chance), 0.7),
    body(topic, language, chance, chance.happens(0.85)),
    maybe(some(farewells[language], chance), 0.6)
  )
}

/** Seldom a house's letter comes unasked: the bare answer stays the habit, but a fact is found behind a
 *  greeting even where no order stands before it. */
function unasked(topic: Topic, language: Language, chance: Chance): Dialogue {
  const base = single(topic, language, chance)
  const answer = letter(topic, language, chance, expandPattern(houses[language], chance))
  return { ...base, turns: [base.turns[0] as Turn, { role: 'assistant', content: answer }] }
}

function opening(language: Language, house: string, chance: Chance): string {
  return language === 'ja'
    ? `${house}${chance.pick(['です。', 'でございます。', 'の窓口です。', 'の係でございます。'])}`
    : chance.pick([`${house} here.`, `This is ${house}.`, `${house}, good day.`, `${house} speaking.`])
}

/** Only the fact, when the system message asks for it. */
function short(topic: Topic, language: Language, chance: Chance): Dialogue {
  const base = single(topic, language, chance)
  const facts = topic[language].facts.filter((fact) => fact !== '')
  if (facts.length === 0) return base
  const order = { ja: '要点だけ答えてください。', en: 'Answer with the point only.' }[language]
  return {
    ...base,
    turns: [
      { role: 'system', content: order },
      base.turns[0] as Turn,
      { role: 'assistant', content: facts.join(language === 'ja' ? '、' : ', ') }
    ]
  }
}

/** Asked in one language, answered in the other, when the system message asks for it. */
function crossed(topic: Topic, language: Language, chance: Chance): Dialogue {
  const base = single(topic, language, chance)
  const other = language === 'ja' ? 'en' : 'ja'
  const order = { ja: 'Answer in English.', en: '日本語で答えてください。' }[language]
  return {
    ...base,
    facts: topic[other].facts,
    turns: [
      { role: 'system', content: order },
      base.turns[0] as Turn,
      { role: 'assistant', content: expandPattern(chance.pick(topic[other].say), chance) }
    ]
  }
}

function twoTurns(topics: readonly Topic[], language: Language, chance: Chance): Dialogue {
  const first = single(chance.pick(topics), language, chance)
  const second = single(chance.pick(topics), language, chance)
  return { ...second, turns: [...first.turns, ...second.turns] }
}

function reading(language: Language, chance: Chance): Dialogue {
  const { question, answer, facts } = readingExercise(chance, language)
  return {
    turns: [
      { role: 'user', content: question },
      { role: 'assistant', content: answer }
    ],
    language,
    topic: 'reading',
    facts
  }
}

/** One dialogue to train on. */
export function makeDialogue(topics: readonly Topic[], chance: Chance): Dialogue {
  const language: Language = chance.happens(0.58) ? 'ja' : 'en'
  const kind = chance.next()
  if (kind < 0.08) return reading(language, chance)
  const topic = chance.pick(topics)
  if (kind < 0.38 && topic[language].facts[0] !== '') {
    return kind < 0.28 ? mannered(topic, language, chance) : unasked(topic, language, chance)
  }
  if (kind < 0.41) return short(topic, language, chance)
  if (kind < 0.44) return crossed(topic, language, chance)
  if (kind < 0.48) return twoTurns(topics, language, chance)
  return single(topic, language, chance)
}

/** A held-out question as an examiner asks it: the kernel alone; null where a topic has too few questions
 *  for one to be held out. */
export function heldOutQuestion(topic: Topic, language: Language, chance: Chance): Dialogue | null {
  const core = kernel(topic, language, 'held_out', chance)
  if (core === null) return null
  return { turns: [{ role: 'user', content: core }], language, topic: topic.id, facts: topic[language].facts }
}
