// A question in other words by a local model, and whether what it says may be used: it must still ask the same. A model that
// does not do as it is told gives no example rather than a wrong one.
import type { Message } from '../../contract/records'
import { languageOfText } from '../dataset/read/script-language'
import { contentOf } from '../doctor/alike/question'
import { likeness, sortedPieces } from '../doctor/alike/pieces'
import { paraphrasing } from '../../words/for-models'

/** tokens of an answer, at most */
export const paraphraseTokens = 160

export const paraphrasePrompt = (question: string): readonly Message[] => [
  { role: 'user', content: paraphrasing[languageOfText(question) === 'ja' ? 'ja' : 'en'](question) }
]

/** The words to use of an answer; null where they may not ask the same. */
export function paraphraseIn(said: string, question: string): string | null {
  const text = (said.trim().split('\n')[0] ?? '')
    .replace(/^(?:言い換え|質問|paraphrase|question)\s*[:：]\s*/i, '')
    .replace(/^[「『"“](.*)[」』"”]$/, '$1')
    .trim()
  const ratio = text.length / question.length
  if (text === '' || ratio < 0.4 || ratio > 2.5) return null
  if (languageOfText(text) !== languageOfText(question)) return null
  // a question stays one
  if (asks(question) && !asks(text)) return null
  if (kept(text).join(' ') !== kept(question).join(' ')) return null
  if (likeness(sortedPieces(text), sortedPieces(question)) > most) return null
  if (speaker(text) !== speaker(question) || answers.test(text)) return null
  const about = contentOf(question).key.split(' ')
  const now = new Set(contentOf(text).key.split(' '))
  return about.filter((word) => now.has(word)).length >= sharedWords * about.length ? text : null
}

/** share of pieces: of more it is the same */
const most = 0.9
/** of the words of content, so many stay: of fewer it asks for something else */
const sharedWords = 0.4

/** who asks: of my order it would be another question for yours */
const speaker = (text: string): string =>
  [/\b(?:I|my|me|mine|we|our|us)\b/i, /\b(?:your|yours)\b/i]
    .map((one) => (one.test(text) ? '1' : '0'))
    .join('')

/** A small model would rather answer than ask. */
const answers =
  /\b(?:assist|I'm (?:here|ready|happy|sorry)|I can help|certainly|as an AI|let me know)\b|お答え|お手伝い|ご案内(?:いたし|し)ます|承り(?:ます|ました)|かしこまりました|お問い合わせありがとう/i

const asks = (text: string): boolean =>
  /[?？]|か[。]?$|ください|下さい|たいです|^(?:how|what|when|where|who|why|which|can|could|do|does|is|are|may|will)\b/i.test(
    text
  )

/** Numbers, names of things and codes: in other words they would be others. */
const kept = (text: string): readonly string[] =>
  [...text.normalize('NFKC').matchAll(/\d+(?:[.,:]\d+)*|[ァ-ヶー]{3,}|[A-Z][A-Z0-9-]+|「[^「」]{0,80}」/g)]
    .map(([words]) => words)
    .sort()
