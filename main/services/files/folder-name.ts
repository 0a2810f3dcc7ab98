// What the user called a thing, as the name of a folder that every system accepts. Japanese stays as it is.

/** ext4 allows 255 bytes; room is left for a number and a temporary ending */
const mostBytes = 180

/** '' where nothing of it can be kept. between: what stands for white space, and for signs that cannot stay */
export function folderName(title: string, between: ' ' | '-' = ' '): string {
  const kept = cut(
    title
      .normalize('NFC')
      // what Windows refuses, controls, invisible marks of direction
      .replace(/[<>:"/\\|?*\p{C}\s]+/gu, between)
      .replace(/^[-. ]+/, ''),
    mostBytes
  ).replace(/[-. ]+$/, '')
  // devices of Windows, with any ending
  return /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(kept) ? `${kept}_` : kept
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
