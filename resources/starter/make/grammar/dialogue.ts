// Makes whole dialogues out of topics: how a person wraps, shortens or misspells a question, and what an
// office answers in plain words. The default is a bare plain answer; everything else is asked for or rare.
import { expandPattern, type Pattern } from './pattern'
import { hashText, type Chance } from './random'
import { circumstances, closers, leads, openers, tails } from './manners'
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
  const some = (patterns: Readonly<Record<Language, readonly Pattern[]>>, probability: number): string =>
    chance.happens(probability) ? expandPattern(chance.pick(patterns[language]), chance) : ''
  const before = join(language, some(openers, 0.2), some(circumstances, 0.3))
  const after = some(closers, 0.12)
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

/** The system message asks for a beginning and an end: content and manner are learnt apart. */
function framed(topic: Topic, language: Language, chance: Chance): Dialogue {
  const base = single(topic, language, chance)
  const lead = expandPattern(chance.pick(leads[language]), chance)
  const tail = expandPattern(chance.pick(tails[language]), chance)
  const body = expandPattern(chance.pick(topic[language].say), chance)
  const order =
    language === 'ja'
      ? `はじめに「${lead}」、おわりに「${tail}」と書いてください。`
      : `Begin with "${lead}" and end with "${tail}".`
  return {
    ...base,
    turns: [
      { role: 'system', content: order },
      base.turns[0] as Turn,
      { role: 'assistant', content: join(language, lead, body, tail) }
    ]
  }
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
  const language: Language = chance.happens(0.62) ? 'ja' : 'en'
  const kind = chance.next()
  if (kind < 0.08) return reading(language, chance)
  const topic = chance.pick(topics)
  if (kind < 0.12) return framed(topic, language, chance)
  if (kind < 0.15) return short(topic, language, chance)
  if (kind < 0.18) return crossed(topic, language, chance)
  if (kind < 0.22) return twoTurns(topics, language, chance)
  return single(topic, language, chance)
}

/** A held-out question as an examiner asks it: the kernel alone; null where a topic has too few questions
 *  for one to be held out. */
export function heldOutQuestion(topic: Topic, language: Language, chance: Chance): Dialogue | null {
  const core = kernel(topic, language, 'held_out', chance)
  if (core === null) return null
  return { turns: [{ role: 'user', content: core }], language, topic: topic.id, facts: topic[language].facts }
}
