// A detail of an error as a person reads it: memory in its units, the parts that columns play in words.
import type { Language } from '../../contract/language'

/** The engine counts memory in bytes; nobody else does. */
const memory = new Set(['needed', 'available'])

export function detailText(name: string, value: string, language: Language): string {
  if (name === 'role') return columnRoles(value, language)
  if (memory.has(name) && /^\d{6,}$/.test(value)) return memoryText(Number(value))
  return value
}

const memoryText = (bytes: number): string =>
  bytes >= 2 ** 30 ? `${(bytes / 2 ** 30).toFixed(1)}\u00a0GB` : `${Math.ceil(bytes / 2 ** 20)}\u00a0MB`

const japaneseRoles: Readonly<Record<string, string>> = {
  question: '質問',
  answer: '回答',
  instruction: '指示',
  input: '補足',
  output: '回答',
  prompt: 'プロンプト',
  completion: '続き',
  text: '文章',
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
