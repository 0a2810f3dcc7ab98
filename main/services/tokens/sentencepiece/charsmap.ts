// The rules by which a SentencePiece model normalises texts, as it applies them itself: at each place the longest one.
// (The tokenizers library goes by grapheme clusters and misses half-width kana with their marks.)

/** beside a tokenizer.json that was made of a SentencePiece model: its rules, in base64 */
export const charsmapFile = 'sentencepiece.charsmap'

/** charsmap: size of the trie, the trie (a double array, as Darts writes it), the results, each ended by a zero. Throws
 *  an Error for one that cannot be. */
export function charsmapRules(charsmap: Buffer): (text: string) => string {
  if (charsmap.length < 8) throw new Error('rules of normalisation that are cut off')
  const trieBytes = charsmap.readUInt32LE(0)
  if (trieBytes % 4 !== 0 || trieBytes < 4 || trieBytes > charsmap.length - 4)
    throw new Error('rules of normalisation of an impossible size')
  const units = new Uint32Array(trieBytes / 4)
  for (let i = 0; i < units.length; i++) units[i] = charsmap.readUInt32LE(4 + 4 * i)
  const results = charsmap.subarray(4 + trieBytes)

  /** length and result of the longest rule at a place; null where there is none */
  const longest = (bytes: Buffer, from: number): { readonly length: number; readonly at: number } | null => {
    let found: { readonly length: number; readonly at: number } | null = null
    let place = offsetOf(units[0] ?? 0)
    for (let i = from; i < bytes.length; i++) {
      const byte = bytes[i] ?? 0
      place ^= byte
      const unit = units[place] ?? 0
      if (labelOf(unit) !== byte) break
      place ^= offsetOf(unit)
      if (unit & 0x100) found = { length: i + 1 - from, at: (units[place] ?? 0) & 0x7fffffff }
    }
    return found
  }

  return (text) => {
    const bytes = Buffer.from(text, 'utf8')
    const parts: Buffer[] = []
    let kept = 0
    for (let at = 0; at < bytes.length;) {
      const rule = longest(bytes, at)
      if (rule === null) {
        at += characterBytes(bytes[at] ?? 0)
        continue
      }
      parts.push(bytes.subarray(kept, at))
      const end = results.indexOf(0, rule.at)
      parts.push(results.subarray(rule.at, end < 0 ? results.length : end))
      at += rule.length
      kept = at
    }
    parts.push(bytes.subarray(kept))
    return Buffer.concat(parts).toString('utf8')
  }
}

const labelOf = (unit: number): number => (unit & 0x800000ff) >>> 0
const offsetOf = (unit: number): number => (unit >>> 10) << ((unit & 0x200) >>> 6)
const characterBytes = (first: number): number => (first < 0xc0 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4)
