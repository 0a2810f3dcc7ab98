// A day and time as Excel shows it in a format code: 2024/3/18, 令和6年3月18日(月), 9:05. Excel counts days from
// 1900 (or 1904) and believes in a 29 February 1900; both are kept as they are.
import type { Section, Token } from './format-codes'

const daysEnglish = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const daysJapanese = ['日', '月', '火', '水', '木', '金', '土']
const months = `January February March April May June July August September October November December`.split(
  ' '
)

/** First days of the eras, as Excel counts them. */
const eras = [
  { from: '2019-05-01', letter: 'R', short: '令', name: '令和', before: 2018 },
  { from: '1989-01-08', letter: 'H', short: '平', name: '平成', before: 1988 },
  { from: '1926-12-25', letter: 'S', short: '昭', name: '昭和', before: 1925 },
  { from: '1912-07-30', letter: 'T', short: '大', name: '大正', before: 1911 },
  { from: '0000-01-01', letter: 'M', short: '明', name: '明治', before: 1867 }
] as const

/** The last day that Excel knows: 31 December 9999. */
const lastDay = 2_958_466

interface Moment {
  readonly year: number
  readonly month: number
  readonly day: number
  /** 0 = Sunday */
  readonly weekday: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  /** thousandths of a second */
  readonly thousandth: number
  /** whole seconds since day 0, for [h] and its like */
  readonly seconds: number
}

/** Null for a number that is no day in Excel's calendar. */
export function formatDate(value: number, section: Section, since1904: boolean): string | null {
  const serial = since1904 ? value + 1462 : value
  if (!(serial >= 0 && serial < lastDay)) return null
  const hasFraction = section.tokens.some(({ kind }) => kind === 'fraction')
  const moment = momentOf(serial, hasFraction)
  const isHalved = section.tokens.some(({ kind }) => kind === 'half')
  return section.tokens.map((token) => shown(token, moment, section, isHalved)).join('')
}

function momentOf(serial: number, hasFraction: boolean): Moment {
  const step = hasFraction ? 1 : 1000
  const milliseconds = Math.round((serial * 86_400_000) / step) * step
  const days = Math.floor(milliseconds / 86_400_000)
  const inDay = milliseconds - days * 86_400_000
  const isLeapBug = days === 60
  // before the day that never was, the count is one behind
  const date = new Date(Date.UTC(1899, 11, days < 60 ? 31 : 30) + days * 86_400_000)
  return {
    year: days === 0 ? 1900 : date.getUTCFullYear(),
    month: days === 0 ? 1 : isLeapBug ? 2 : date.getUTCMonth() + 1,
    day: days === 0 ? 0 : isLeapBug ? 29 : date.getUTCDate(),
    weekday: (days + 6) % 7,
    hour: Math.floor(inDay / 3_600_000),
    minute: Math.floor(inDay / 60_000) % 60,
    second: Math.floor(inDay / 1000) % 60,
    thousandth: inDay % 1000,
    seconds: Math.floor(milliseconds / 1000)
  }
}

function shown(token: Token, moment: Moment, section: Section, isHalved: boolean): string {
  if (token.kind === 'text') return token.text
  if (token.kind === 'fraction')
    return `.${padded(moment.thousandth, 3).padEnd(9, '0').slice(0, token.digits)}`
  if (token.kind === 'half') return halfOfDay(token.text, moment.hour, section.japanese)
  if (token.kind === 'digit') return token.place === '0' ? '0' : ''
  if (token.kind !== 'date') return ''
  if (token.elapsed) return elapsed(token.code, moment.seconds)
  return datePart(token.code, moment, section, isHalved)
}

function datePart(code: string, moment: Moment, section: Section, isHalved: boolean): string {
  const { length } = code
  switch (code[0]) {
    case 'y':
      return length <= 2 ? padded(moment.year % 100, 2) : padded(moment.year, 4)
    case 'm':
      return monthName(moment.month, length)
    case 'd':
      return length <= 2 ? padded(moment.day, length) : weekday(moment.weekday, length, section.japanese)
    case 'a':
      return daysJapanese[moment.weekday] + (length > 3 ? '曜日' : '')
    case 'h': {
      const hour = isHalved ? moment.hour % 12 || 12 : moment.hour
      return padded(hour, Math.min(length, 2))
    }
    case 'n':
      return padded(moment.minute, Math.min(length, 2))
    case 's':
      return padded(moment.second, Math.min(length, 2))
    case 'g': {
      const era = eraOf(moment)
      return length === 1 ? era.letter : length === 2 ? era.short : era.name
    }
    case 'e': {
      const year = moment.year - eraOf(moment).before
      return section.firstYear && year === 1 ? '元' : padded(year, Math.min(length, 2))
    }
    default:
      return ''
  }
}

function monthName(month: number, length: number): string {
  const name = months[month - 1] ?? ''
  if (length <= 2) return padded(month, length)
  return length === 3 ? name.slice(0, 3) : length === 4 ? name : name.slice(0, 1)
}

function weekday(day: number, length: number, japanese: boolean): string {
  if (japanese) return daysJapanese[day] + (length > 3 ? '曜日' : '')
  const name = daysEnglish[day] ?? ''
  return length === 3 ? name.slice(0, 3) : name
}

function eraOf({ year, month, day }: Moment): (typeof eras)[number] {
  const date = `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}`
  return eras.find(({ from }) => date >= from) ?? eras[4]
}

function halfOfDay(text: string, hour: number, japanese: boolean): string {
  const afternoon = hour >= 12
  if (japanese) return afternoon ? '午後' : '午前'
  const [first = 'AM', second = 'PM'] = text.split('/')
  return afternoon ? second : first
}

function elapsed(code: string, seconds: number): string {
  const unit = code[0] === 'h' ? 3600 : code[0] === 'm' ? 60 : 1
  return padded(Math.floor(seconds / unit), code.length)
}

function padded(value: number, length: number): string {
  return String(value).padStart(length, '0')
}
