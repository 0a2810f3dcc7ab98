// Numbers, sizes and times in the words people use. Pure; the language is handed in.
import type { Language } from '../../main/contract/language'

const nbsp = '\u00a0'
const localeOf = (language: Language): string => (language === 'ja' ? 'ja-JP' : 'en-GB')

/** 1236 -> "1,236" */
export const count = (value: number, language: Language): string =>
  Math.round(value).toLocaleString(localeOf(language))

/** Fixed decimals: 1.2345, 2 -> "1.23" */
export const decimal = (value: number, digits: number, language: Language): string =>
  value.toLocaleString(localeOf(language), { minimumFractionDigits: digits, maximumFractionDigits: digits })

/** So many figures of it, whatever its size: 0.000193, 2 -> "0.00019" */
export const significant = (value: number, digits: number, language: Language): string =>
  value.toLocaleString(localeOf(language), { maximumSignificantDigits: digits })

/** A difference near nothing, two figures of it: 0.00662 -> "0.0066", under a ten-thousandth "< 0.0001" */
export const tiny = (value: number, language: Language): string =>
  value > 0 && value < 1e-4
    ? `<${nbsp}${(1e-4).toLocaleString(localeOf(language), { maximumFractionDigits: 4 })}`
    : value.toLocaleString(localeOf(language), { maximumSignificantDigits: 2 })

/** A share 0..1 as "63 %" with a no-break space. */
export const percent = (share: number): string => `${Math.round(share * 100)}${nbsp}%`

/** Shares that are one whole together, in whole percents that are a hundred together: what is missing goes to those that lost
 *  most by rounding down. Others, as of texts that may have several labels, each by itself. */
export function percents(shares: readonly number[]): readonly string[] {
  if (Math.abs(shares.reduce((sum, share) => sum + share, 0) - 1) > 1e-3) return shares.map(percent)
  const whole = shares.map((share) => Math.floor(share * 100))
  const missing = 100 - whole.reduce((sum, one) => sum + one, 0)
  const lost = (at: number): number => (shares[at] as number) * 100 - (whole[at] as number)
  const raised = new Set([...whole.keys()].sort((a, b) => lost(b) - lost(a)).slice(0, missing))
  return whole.map((one, at) => percent((one + Number(raised.has(at))) / 100))
}

/** Bytes as "1.1 GB", "340 MB", "12 KB": powers of 1000 below a GB of files, as file managers show them. */
export function bytes(value: number): string {
  if (value >= 999.5e6) return `${(value / 1e9).toFixed(1)}${nbsp}GB`
  if (value >= 1e6) return `${Math.round(value / 1e6)}${nbsp}MB`
  return `${Math.max(1, Math.round(value / 1e3))}${nbsp}KB`
}

/** Memory in GiB, as machines are sold: "15.6 GB". */
export function memory(value: number): string {
  const gib = value / 2 ** 30
  if (gib >= 10) return `${Math.round(gib)}${nbsp}GB`
  if (gib >= 1) return `${gib.toFixed(1)}${nbsp}GB`
  return `${Math.round(value / 2 ** 20)}${nbsp}MB`
}

/** Seconds as people say them: "約12分", "about 12 min"; under a minute in tens of seconds. */
export function duration(seconds: number, language: Language): string {
  const ja = language === 'ja'
  if (seconds < 55) {
    const tens = Math.max(10, Math.round(seconds / 10) * 10)
    return ja ? `約${tens}秒` : `about ${tens}${nbsp}s`
  }
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return ja ? `約${Math.max(1, minutes)}分` : `about ${Math.max(1, minutes)}${nbsp}min`
  const hours = Math.floor(minutes / 60)
  const rest = Math.round((minutes % 60) / 10) * 10
  if (hours >= 24) {
    const days = Math.round(hours / 24)
    return ja ? `約${days}日` : `about ${days} ${days === 1 ? 'day' : 'days'}`
  }
  if (rest === 0 || rest === 60) {
    const whole = rest === 60 ? hours + 1 : hours
    return ja ? `約${whole}時間` : `about ${whole}${nbsp}h`
  }
  return ja ? `約${hours}時間${rest}分` : `about ${hours}${nbsp}h ${rest}${nbsp}min`
}

/** 14:18 */
export const clock = (date: Date, language: Language): string =>
  date.toLocaleTimeString(localeOf(language), { hour: '2-digit', minute: '2-digit' })

/** "11月21日 14:18" / "21 Nov, 14:18"; today only the time */
export function dayAndTime(iso: string, language: Language, now = new Date()): string {
  const date = new Date(iso)
  if (date.toDateString() === now.toDateString()) return clock(date, language)
  const words = date.toLocaleString(localeOf(language), {
    month: language === 'ja' ? 'long' : 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    ...(date.getFullYear() === now.getFullYear() ? {} : { year: 'numeric' })
  })
  // a date does not end a line in its middle
  return words.replaceAll(' ', nbsp)
}

/** Parameters of a model: "5.5M", "1.7B" */
export function parameters(value: number): string {
  if (value >= 999.5e6) return `${(value / 1e9).toFixed(1)}B`
  if (value >= 1e6) return `${value >= 1e7 ? Math.round(value / 1e6) : (value / 1e6).toFixed(1)}M`
  return `${Math.round(value / 1e3)}K`
}
