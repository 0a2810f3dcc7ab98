// A name from elsewhere as the name of a file or folder that every system takes, Japanese as it is: nothing that leads
// elsewhere, nothing unseen, no device, never too long. Pure.

/** ext4 allows 255 bytes, of which a kana takes three; room is left for a number and a temporary ending */
export const mostNameBytes = 200

/** What no name may hold: signs that Windows refuses, controls, invisible marks of direction. */
const refusedSigns = /[<>:"/\\|?*]|(?!\u200d)\p{C}/gu

/** Devices of Windows, with any ending. */
const device = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i

/** '' where nothing of it can be kept. The ending stays when it is cut, for it tells the kind. */
export function plainName(name: string, most = mostNameBytes): string {
  // half a character is none
  const plain = withoutEnd(name.replace(refusedSigns, '_'))
  if (/^[\s_.]*$/.test(plain) && /^[\s.]*$/.test(name)) return ''
  const dot = plain.lastIndexOf('.')
  const ending = dot > 0 && plain.length - dot <= 20 ? plain.slice(dot) : ''
  const stem = cutToBytes(plain.slice(0, plain.length - ending.length), most - Buffer.byteLength(ending))
  return notDevice(`${stem}${ending}`)
}

export const notDevice = (name: string): string => (device.test(name) ? `_${name}` : name)

/** Whole characters only. */
export function cutToBytes(text: string, most: number): string {
  let left = most
  let kept = ''
  for (const character of text) {
    left -= Buffer.byteLength(character)
    if (left < 0) break
    kept += character
  }
  return kept
}

/** Without what Windows drops at the end of a name. */
function withoutEnd(name: string): string {
  let end = name.length
  while (end > 0 && '. '.includes(name[end - 1] as string)) end--
  return name.slice(0, end)
}
