// Every match of a pattern, as matchAll has them, for texts by the million: matchAll makes a pattern anew at each call, which costs
// more than looking through a short text.

const none: readonly RegExpExecArray[] = []

/** pattern: one that goes on from where it was (flag g), and sticks to no place */
export function matchesOf(text: string, pattern: RegExp): readonly RegExpExecArray[] {
  pattern.lastIndex = 0
  let match = pattern.exec(text)
  if (!match) return none
  const all: RegExpExecArray[] = []
  for (; match; match = pattern.exec(text)) {
    all.push(match)
    // an empty one is not met again
    if (match[0] === '') pattern.lastIndex += 1
  }
  return all
}
