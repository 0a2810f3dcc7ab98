// What of all that readers look for a text may hold, by one look at its characters: most texts hold nothing of it, and looking
// for each thing by itself costs as much as all else that is done with a text.

/** Stands in the text where bytes meant nothing in the encoding. A noncharacter: no text has it. */
export const unreadable = '\uFFFE'

/** Each as a bit. What a look says is "may": whoever is told so looks closer by its own pattern. */
export const signs = {
  /** no character of a text, half a pair, or one that stands for what could not be read */
  broken: 1,
  /** a mark that is written over the letter before it */
  mark: 2,
  /** letters and marks that are kept apart */
  apart: 4,
  /** a box to tick, written or drawn */
  box: 8,
  /** what hardly stands in a text by intent, and first letters of words that do not either (text-traces.ts) */
  trace: 16,
  traceWord: 32,
  /** what width or case changes (search-form.ts) */
  fold: 64,
  /** what a normalisation may write otherwise (normalise.ts) */
  other: 128,
  /** what may stand at the end of a line and mean nothing */
  blank: 256
} as const
/** the unit was asked */
const known = 1 << 15

const patterns: Readonly<Record<keyof typeof signs, RegExp>> = {
  // the second is `unreadable`
  broken: /[\0\ufffe\ud800-\udfff]/,
  // of a mark of two units, each may be one
  mark: /[\p{M}\uff9e\uff9f\ud800-\udfff]/u,
  apart: /[\u0300-\u036f\u3099\u309a\u1100-\u11ff]/,
  box: /[☐☑☒□○◯[\ud83d]/,
  trace:
    /[^\t\n\r !"(-;?@A-Z\]-z|}~\u00a1-\u00ac\u00ae-\u017f\u2010-\u201f\u2026\u3000-\u3006\u3008-\u9fff\uff01-\uff1d\uff1f-\uff9f]/,
  traceWord: /[:：_E（【(＜Ow元例サ]/,
  // all but what neither width nor case changes, whatever stands beside it: ASCII without capitals, quotation marks, signs of
  // Japanese text, kana and ideographs
  fold: /[^\x00-@[-\x7f\u2018-\u201f\u3001-\u3029\u3041-\u3096\u309d\u309e\u30a1-\u30fe\u3400-\u9fff]/,
  // all but ASCII, kana, ideographs, and the signs of Japanese text, of which NFKC alone would make others
  other:
    /[^\x00-\x7f\u2018-\u201f\u2025\u2026\u3000-\u3029\u3041-\u3096\u309d\u309e\u30a1-\u30fe\u3400-\u9fff\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff60\uffe0-\uffe6]/,
  blank: /[ \t\u3000\u00a0]/
}

const names = Object.keys(signs) as (keyof typeof signs)[]
/** by unit of UTF-16; 0: not asked yet */
const ofUnits = new Uint16Array(0x10000)

function asked(unit: number): number {
  const sign = String.fromCharCode(unit)
  return (ofUnits[unit] = names.reduce(
    (all, name) => (patterns[name].test(sign) ? all | signs[name] : all),
    known
  ))
}

/** the last two texts: a question and its answer are asked about in turn, by one after another */
let [older, newer] = ['', '']
let [ofOlder, ofNewer] = [0, 0]

/** The signs of all its characters, as bits. */
export function signsIn(text: string): number {
  if (text === newer) return ofNewer
  if (text === older) return ofOlder
  let all = 0
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    const own = ofUnits[unit] as number
    all |= own === 0 ? asked(unit) : own
  }
  ;[older, ofOlder, newer, ofNewer] = [newer, ofNewer, text, all]
  return all
}
