// A detail of an error as a person reads it: memory in its units, the parts that columns play in words.
import type { Language } from '../../contract/language'
import { whyNoGpu } from '../gpu'
import { inJapanese } from './engine-phrases'

/** The engine counts memory in bytes; nobody else does. */
const memory = new Set(['needed', 'available'])

export function detailText(name: string, value: string, language: Language): string {
  if (name === 'role') return columnRoles(value, language)
  if (name === 'kind') return kinds[language][value] ?? value
  if (name === 'gpu') return whyNoGpu(value, language)
  if (language === 'ja' && engine.has(name)) return inJapanese(value) ?? value
  if (counts.has(name) && /^\d{4,}$/.test(value)) return Number(value).toLocaleString('en')
  if (memory.has(name) && /^\d{6,}$/.test(value)) return memoryText(Number(value))
  return value
}

/** said by the engine or the system, in English */
const engine = new Set(['reason', 'expected', 'value'])

/** numbers of things, which may be large */
const counts = new Set([
  'step',
  'bestStep',
  'steps',
  'rows',
  'row',
  'count',
  'tokens',
  'most',
  'line',
  'columns'
])

const kinds: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  ja: { image: '画像', audio: '音声', video: '動画', pdf: 'PDF' },
  en: { image: 'an image', audio: 'a sound file', video: 'a video', pdf: 'a PDF' }
}

const memoryText = (bytes: number): string =>
  bytes >= 2 ** 30 ? `${(bytes / 2 ** 30).toFixed(1)}\u00a0GB` : `${Math.ceil(bytes / 2 ** 20)}\u00a0MB`

const japaneseRoles: Readonly<Record<string, string>> = {
  question: '質問',
  chosen: '好ましい回答',
  rejected: 'もう一方の回答',
  verdict: '評価',
  answer: '回答',
  instruction: '指示',
  input: '補足',
  output: '回答',
  prompt: 'プロンプト',
  completion: '続き',
  text: '文章',
  label: 'ラベル',
  messages: '会話',
  system: 'はじめの指示'
}

/** The parts that columns play, in the user's words; other names (of speakers) stay as they are. */
function columnRoles(roles: string, language: Language): string {
  return language === 'en'
    ? roles
    : roles
        .split(', ')
        .map((role) => japaneseRoles[role] ?? role)
        .join('・')
}
