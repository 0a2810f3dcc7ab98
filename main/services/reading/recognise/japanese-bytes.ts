// How much a run of bytes looks like Japanese in Shift_JIS (CP932) and in EUC-JP. Two-byte characters mean
// something in both, so each is weighed by how common it is in real text. Knows nothing of files.

export interface Evidence {
  /** sum of the weights of the characters read; the more, the likelier */
  readonly score: number
  /** bytes that mean nothing in this encoding */
  readonly errors: number
  /** characters beyond ASCII */
  readonly characters: number
}

// Weights of a character, kept coarse on purpose. Hiragana carries nearly every Japanese sentence; kanji of
// the second level are rare; half-width kana come in runs or not at all.
const hiragana = 3
const katakana = 2
const punctuation = 2
const commonKanji = 1
const rareKanji = -0.5
const symbol = 0
const unusual = -2
const error = -8

export function weighCp932(bytes: Uint8Array): Evidence {
  const tally = new Tally()
  let halfWidthRun = 0
  for (let i = 0; i < bytes.length; i++) {
    const lead = bytes[i] as number
    if (lead >= 0xa1 && lead <= 0xdf) {
      // alone, or punctuation in the middle: hardly ever meant
      tally.add(++halfWidthRun > 1 && lead > 0xa5 ? 0.5 : -1)
      continue
    }
    halfWidthRun = 0
    if (lead < 0x80) continue
    const trail = bytes[i + 1]
    if (trail === undefined) break
    const isPair = ((lead >= 0x81 && lead <= 0x9f) || (lead >= 0xe0 && lead <= 0xfc)) && isCp932Trail(trail)
    if (!isPair) {
      tally.fail()
      continue
    }
    tally.add(cp932Weight((lead << 8) | trail))
    i++
  }
  return tally
}

export function weighEucJp(bytes: Uint8Array): Evidence {
  const tally = new Tally()
  for (let i = 0; i < bytes.length; i++) {
    const lead = bytes[i] as number
    if (lead < 0x80) continue
    // 8F: three bytes, the supplementary kanji; 8E: half-width kana
    const at = lead === 0x8f ? i + 1 : i
    const first = bytes[at] as number | undefined
    const trail = bytes[at + 1]
    if (first === undefined || trail === undefined) break
    const isPair =
      trail >= 0xa1 && trail <= 0xfe && (first === 0x8e ? trail <= 0xdf : first >= 0xa1 && first <= 0xfe)
    if (!isPair) {
      tally.fail()
      continue
    }
    tally.add(lead === 0x8f ? unusual : first === 0x8e ? symbol : eucWeight((first << 8) | trail))
    i = at + 1
  }
  return tally
}

class Tally implements Evidence {
  score = 0
  errors = 0
  characters = 0

  add(weight: number): void {
    this.score += weight
    this.characters++
  }

  fail(): void {
    this.score += error
    this.errors++
  }
}

function isCp932Trail(byte: number): boolean {
  return byte >= 0x40 && byte <= 0xfc && byte !== 0x7f
}

function cp932Weight(code: number): number {
  if (code >= 0x829f && code <= 0x82f1) return hiragana
  if (code >= 0x8340 && code <= 0x8396) return katakana
  if (code >= 0x8141 && code <= 0x817c) return punctuation
  if (code >= 0x824f && code <= 0x829a) return commonKanji // full-width digits and letters
  if (code >= 0x889f && code <= 0x9872) return commonKanji
  if (code >= 0x989f && code <= 0xeaa4) return rareKanji
  if (code >= 0x8180 && code <= 0x81fc) return symbol
  if (code >= 0x8740 && code <= 0x879c) return symbol // circled digits and the like
  // unassigned rows, and the user's own characters
  const assigned = (code >= 0x839f && code <= 0x84be) || (code >= 0xed40 && code <= 0xeefc) || code >= 0xfa40
  return assigned && code <= 0xfc4b ? unusual : error / 2
}

function eucWeight(code: number): number {
  if (code >= 0xa4a1 && code <= 0xa4f3) return hiragana
  if (code >= 0xa5a1 && code <= 0xa5f6) return katakana
  if (code >= 0xa1a2 && code <= 0xa1dd) return punctuation
  if (code >= 0xa3b0 && code <= 0xa3fa) return commonKanji
  if (code >= 0xb0a1 && code <= 0xcfd3) return commonKanji
  if (code >= 0xd0a1 && code <= 0xf4a6) return rareKanji
  if (code >= 0xa1de && code <= 0xa2fe) return symbol
  if (code >= 0xada1 && code <= 0xadfe) return symbol
  const assigned = code >= 0xa6a1 && code <= 0xa8c0
  return assigned ? unusual : error / 2
}
