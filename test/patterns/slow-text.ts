// Whether a regular expression goes back more than linearly over some text made for it: by the time that longer and longer
// ones take, the shortest of several tries, so that a busy machine proves nothing.
import type { Pattern } from './find-patterns'
import { hostileTexts } from './hostile-texts'

/** Characters; a quadratic pattern takes a hundredth of a second for the second, seconds for the last. */
const lengths = [24, 1000, 10_000, 100_000]
/** Milliseconds within which a linear pattern has gone through as many, on a slow and busy machine. */
const bounds = [20, 20, 25, 200]
const tries = 4

/** The beginning of a text that it is slow over; null where there is none. */
export function slowText(pattern: Pattern): string | null {
  for (const [step, length] of lengths.entries()) {
    for (const text of hostileTexts(pattern, length))
      if (isSlow(pattern, text, bounds[step] as number)) return text.slice(0, 12)
  }
  return null
}

function isSlow({ source, flags }: Pattern, text: string, bound: number): boolean {
  for (let i = 0; i < tries; i++) {
    const expression = new RegExp(source, flags.replace('y', ''))
    const before = performance.now()
    // as it is used: once, or for every place where it fits
    if (flags.includes('g')) text.replace(expression, '')
    else expression.exec(text)
    if (performance.now() - before < bound) return false
  }
  return true
}
