// A plain text as something that can be asked: how it begins, and how it really goes on. Pure.
import type { Exchange } from '../dataset/set/exchange'

/** characters; a beginning ends with its sentence where one ends there */
const beginning = { least: 6, most: 240 }
const rest = { least: 4, most: 360 }
const sentenceEnd = /[。．！？!?]["'」』）)]*|\.(?=\s)|\n/gu

/** Null where a text is too short to be parted. */
export function continuationOf(text: string): Exchange | null {
  const whole = text.trim()
  const wanted = Math.min(beginning.most, Math.floor(whole.length / 2))
  if (wanted < beginning.least) return null
  const from = endNear(whole, wanted, beginning.least)
  const opening = whole.slice(0, from).trimEnd()
  const behind = whole.slice(from).trim()
  const answer = behind.slice(0, endNear(behind, rest.most, rest.least)).trimEnd()
  if (answer.length < rest.least) return null
  return {
    ...{ asked: [{ role: 'user', content: opening }], before: [], question: opening, answer },
    ...{ questionAt: 0, answerAt: 1 }
  }
}

/** The last end of a sentence before `most`, where one lies behind `least`; else a place between two characters. */
function endNear(text: string, most: number, least: number): number {
  if (text.length <= most) return text.length
  const ends = [...text.slice(0, most).matchAll(sentenceEnd)].map(({ index, 0: mark }) => index + mark.length)
  const end = ends.findLast((one) => one >= least)
  if (end !== undefined) return end
  // not inside a character of two halves
  const isHalf = /[\udc00-\udfff]/.test(text[most] ?? '')
  return isHalf ? most - 1 : most
}
