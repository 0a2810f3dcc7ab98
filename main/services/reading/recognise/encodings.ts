// The encodings that a text file may be written in, and the languages that people write in each. The decoder knows more;
// those are had by naming them.
import type { Language } from './letters'

export interface OldEncoding {
  readonly code: string
  readonly languages: readonly Language[]
  /** logarithm of how often such a file is met, before anything is known of it */
  readonly prior: number
}

const western: readonly Language[] = ['en', 'de', 'fr', 'es', 'pt', 'it', 'nl', 'nordic', 'is']
const central: readonly Language[] = ['pl', 'cs', 'hu', 'ro', 'hr', 'de']
const cyrillic: readonly Language[] = ['ru', 'uk', 'bg', 'sr']

/** Encodings that are told by what their bytes mean: everything older than Unicode. */
export const oldEncodings: readonly OldEncoding[] = [
  { code: 'cp932', languages: ['ja'], prior: 0 },
  { code: 'euc-jp', languages: ['ja'], prior: -0.5 },
  { code: 'windows-1252', languages: western, prior: -0.5 },
  { code: 'gb18030', languages: ['zh'], prior: -3 },
  { code: 'big5', languages: ['zhTraditional'], prior: -3 },
  { code: 'cp949', languages: ['ko'], prior: -3 },
  { code: 'windows-1250', languages: central, prior: -2 },
  { code: 'windows-1251', languages: cyrillic, prior: -2 },
  { code: 'windows-1253', languages: ['el'], prior: -3 },
  { code: 'windows-1254', languages: ['tr'], prior: -3 },
  { code: 'windows-1255', languages: ['he'], prior: -4 },
  { code: 'windows-1256', languages: ['ar'], prior: -4 },
  { code: 'windows-1257', languages: ['baltic'], prior: -4 },
  { code: 'windows-1258', languages: ['vi'], prior: -5 },
  { code: 'windows-874', languages: ['th'], prior: -4 },
  { code: 'koi8-r', languages: ['ru'], prior: -4 },
  { code: 'koi8-u', languages: ['uk'], prior: -5 },
  { code: 'iso-8859-2', languages: central, prior: -4 },
  { code: 'iso-8859-5', languages: cyrillic, prior: -5 },
  { code: 'iso-8859-7', languages: ['el'], prior: -5 },
  { code: 'iso-8859-13', languages: ['baltic'], prior: -6 },
  { code: 'iso-8859-15', languages: western, prior: -5 },
  { code: 'macroman', languages: western, prior: -4 },
  { code: 'maccyrillic', languages: cyrillic, prior: -6 },
  { code: 'cp850', languages: western, prior: -5 },
  { code: 'cp852', languages: central, prior: -6 },
  { code: 'cp866', languages: cyrillic, prior: -5 }
]
