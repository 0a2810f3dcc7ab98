// A name of a file that is too long for a button: its beginning and its kind, by the room that it takes. Pure.

/** a letter of these takes two places */
const wide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/

const placesOf = (letter: string): number => (wide.test(letter) || letter.length > 1 ? 2 : 1)

/** most: places in all, of which a third is kept for the end. */
export function shortenedName(name: string, most = 24): string {
  const letters = [...name]
  const all = letters.reduce((sum, letter) => sum + placesOf(letter), 0)
  if (all <= most) return name
  const end = Math.floor(most / 3)
  return `${taken(letters, most - end - 1)}…${taken(letters.toReversed(), end, true)}`
}

function taken(letters: readonly string[], room: number, isReversed = false): string {
  const kept: string[] = []
  let left = room
  for (const letter of letters) {
    left -= placesOf(letter)
    if (left < 0) break
    kept.push(letter)
  }
  return (isReversed ? kept.toReversed() : kept).join('')
}
