// The figures that decide how both models answer: range, and what is wrong with what was typed. Pure; the same
// ranges as main checks (main/ipc/arguments.ts; the test holds them together).
import type { ChatSettings } from '../../main/contract/window/results'

export type ChatFigure = Exclude<keyof ChatSettings, 'systemPrompt'>

export interface ChatField {
  readonly key: ChatFigure
  /** as the field calls it */
  readonly term: string
  readonly min: number
  readonly max: number
  readonly whole: boolean
  readonly start: number
}

export const chatFields: readonly ChatField[] = [
  { key: 'temperature', term: 'temperature', min: 0, max: 5, whole: false, start: 0 },
  { key: 'topP', term: 'top-p', min: 0.01, max: 1, whole: false, start: 1 },
  { key: 'topK', term: 'top-k', min: 0, max: 100_000, whole: true, start: 0 },
  { key: 'repetitionPenalty', term: 'repetition penalty', min: 0.1, max: 5, whole: false, start: 1 },
  { key: 'maxNewTokens', term: 'max new tokens', min: 1, max: 4096, whole: true, start: 256 },
  { key: 'seed', term: 'seed', min: 0, max: 4_294_967_295, whole: true, start: 42 }
]

export const startSettings = {
  systemPrompt: '',
  ...Object.fromEntries(chatFields.map(({ key, start }) => [key, start]))
} as ChatSettings

export type Wrong = 'empty' | 'no-number' | 'fraction' | 'small' | 'large'

/** What was typed as a figure, full-width digits too; or why it is none. */
export function readFigure(typed: string, { min, max, whole }: ChatField): number | Wrong {
  const text = typed.normalize('NFKC').trim()
  if (text === '') return 'empty'
  const value = /^[+-]?(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : NaN
  if (!Number.isFinite(value)) return 'no-number'
  if (value < min) return 'small'
  if (value > max) return 'large'
  return whole && !Number.isInteger(value) ? 'fraction' : value
}
