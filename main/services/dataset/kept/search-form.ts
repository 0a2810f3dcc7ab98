// The form in which texts are searched: width, case and form do not matter to somebody who searches. And the hash by which
// examples stand on one side of the split.
export const folded = (text: string): string => text.normalize('NFKC').toLowerCase()

/** Between two texts of an example, and behind the last one: no byte of UTF-8, so that nothing is found across it. */
export const textEnd = 0xff

/** Two numbers of 32 bits for a text: among a million texts, two that share both are one chance in thirty million. (After
 *  cyrb53 by bryc, public domain.) */
export function hashOf(text: string): readonly [number, number] {
  let a = 0xdeadbeef
  let b = 0x41c6ce57
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    a = Math.imul(a ^ code, 2654435761)
    b = Math.imul(b ^ code, 1597334677)
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909)
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909)
  return [a >>> 0, b >>> 0]
}
