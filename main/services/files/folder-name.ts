// What the user called a thing, as the name of a folder that every system accepts. Japanese stays as it is.
import { cutToBytes, notDevice } from '../../files/plain-name'

/** ext4 allows 255 bytes; room is left for a number and a temporary ending */
const mostBytes = 180

/** '' where nothing of it can be kept. between: what stands for white space, and for signs that cannot stay */
export function folderName(title: string, between: ' ' | '-' = ' '): string {
  const kept = cutToBytes(
    title
      .normalize('NFC')
      // what Windows refuses, controls, invisible marks of direction
      .replace(/[<>:"/\\|?*\p{C}\s]+/gu, between)
      .replace(/^[-. ]+/, ''),
    mostBytes
  )
  return notDevice(trimmed(kept))
}

/** Without what Windows drops at the end of a name, and hyphens. */
function trimmed(text: string): string {
  let end = text.length
  while (end > 0 && '-. '.includes(text[end - 1] as string)) end--
  return text.slice(0, end)
}
