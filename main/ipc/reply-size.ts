// How long a reply is, before anybody makes text of it: one that no window could hold is not begun. Pure.
import { NeiroError } from '../contract/errors'

/** Characters: a browser's longest text is about 500 million, and escapes grow a text. */
export const mostReplyLength = 128 * 1024 * 1024

/** Throws REPLY_TOO_LARGE. Looks no further than it must. */
export function checkReplySize(value: unknown, most = mostReplyLength): void {
  let left = most
  const look = (part: unknown): void => {
    if (typeof part === 'string') left -= part.length
    else if (typeof part === 'object' && part !== null) {
      for (const key in part) {
        left -= 4
        look((part as Readonly<Record<string, unknown>>)[key])
      }
    }
    if (left < 0) throw new NeiroError('REPLY_TOO_LARGE')
  }
  look(value)
}
