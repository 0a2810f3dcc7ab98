// How long one answer took, as a table of ways says it.
import type { Language } from '../../contract/language'

/** Seconds with one decimal: 0.42 -> "0.4"; under a twentieth "< 0.1", since nothing takes no time. null: not measured */
export function answerSeconds(seconds: number | null, language: Language): string {
  if (seconds === null) return '–'
  const text = Math.max(seconds, 0.1).toLocaleString(language === 'ja' ? 'ja-JP' : 'en-GB', {
    minimumFractionDigits: 1,
    maximumFractionDigits: 1
  })
  return seconds < 0.05 ? `<\u00a0${text}` : text
}
