// The printable stand-ins that byte-level tokenizers write for bytes (as GPT-2's), so that a vocabulary is text.

function standIns(): string[] {
  const table: string[] = []
  let next = 256
  for (let byte = 0; byte < 256; byte++) {
    const printable = (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174
    table.push(String.fromCharCode(printable ? byte : next++))
  }
  return table
}

export const byteStandIns: readonly string[] = standIns()

/** Bytes of a text, each as its stand-in. */
export function spell(text: string): string[] {
  return [...Buffer.from(text, 'utf8')].map((byte) => byteStandIns[byte] as string)
}

const back = new Map(byteStandIns.map((standIn, byte) => [standIn, byte]))

/** The bytes behind stand-ins. */
export function unspell(piece: string): Uint8Array {
  return Uint8Array.from([...piece].map((standIn) => back.get(standIn) as number))
}
