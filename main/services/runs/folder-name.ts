// A run's name as the name of a folder that every system accepts. Japanese stays as it is.

/** ext4 allows 255 bytes; room is left for a date, a number and a temporary ending */
const mostBytes = 180

/** e.g. 2026-04-01-敬語の応対 */
export function folderName(name: string, date: Date): string {
  const day = [date.getFullYear(), date.getMonth() + 1, date.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-')
  const words = cut(
    name
      .normalize('NFC')
      // what Windows refuses, controls and invisible marks of direction, white space
      .replace(/[<>:"/\\|?*\p{C}\s]+/gu, '-'),
    mostBytes
  ).replace(/^[-.]+|[-. ]+$/g, '')
  return words ? `${day}-${words}` : day
}

function cut(text: string, bytes: number): string {
  let left = bytes
  let kept = ''
  for (const character of text) {
    left -= Buffer.byteLength(character)
    if (left < 0) break
    kept += character
  }
  return kept
}
