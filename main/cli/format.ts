// Numbers as people read them: sizes, times, counts, losses. Pure; words come from the dictionary.
import type { BestFigure } from '../contract/records'
import type { Language } from '../contract/language'
import type { MethodKey } from '../contract/methods'
import { figureWords } from '../words/figures'

export function bytes(count: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB']
  let value = count
  let unit = 0
  // decimal units, as discs and model pages give them; memory tables say so
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000
    unit++
  }
  return `${unit === 0 || value >= 99.5 ? Math.round(value) : value.toPrecision(value >= 9.95 ? 3 : 2)} ${units[unit]}`
}

export function whole(value: number): string {
  return Math.round(value).toLocaleString('en-US')
}

/** A loss or a score: enough digits to see it move, no more. */
export function decimal(value: number): string {
  if (!Number.isFinite(value)) return String(value)
  const size = Math.abs(value)
  if (size >= 1000) return whole(value)
  return value.toFixed(size >= 100 ? 1 : size >= 10 ? 2 : 3)
}

/** What a run reached, where a loss is expected: any other figure says its name. */
export function result({ figure, value }: BestFigure, language: Language, method: MethodKey): string {
  const { short } = figureWords(figure, language, method)
  return short === figureWords('loss', language, null).short ? decimal(value) : `${short} ${decimal(value)}`
}

export function percentage(share: number): string {
  return `${Math.round(share)} %`
}

export function duration(seconds: number, language: Language): string {
  const all = Math.max(0, Math.round(seconds))
  const hours = Math.floor(all / 3600)
  const minutes = Math.floor((all % 3600) / 60)
  const rest = all % 60
  const [h, m, s] = language === 'ja' ? ['時間', '分', '秒'] : [' h', ' min', ' s']
  const gap = language === 'ja' ? '' : ' '
  if (hours > 0) return `${hours}${h}${gap}${minutes}${m}`
  if (minutes >= 10) return `${minutes}${m}`
  if (minutes > 0) return `${minutes}${m}${gap}${rest}${s}`
  return `${rest}${s}`
}

/** Text from a model or a file, safe to show: control characters cannot steer the terminal. */
export function printable(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '\uFFFD')
}
