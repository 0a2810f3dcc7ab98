// The numbers of the user's own house, shown by an example: KM-2024-00123 is found wherever the same letters and signs stand
// with other digits. # is a digit too, ? a letter, * either. What is looked for has one length: it is found in linear time.

/** Nothing shorter is meant, and nothing longer is a number. */
const lengths = { least: 3, most: 64 }

export interface OwnPattern {
  readonly classes: readonly ('digit' | 'letter' | 'either' | string)[]
}

/** Null where it says too little: no digit, letter or sign at least. */
export function ownPattern(example: string): OwnPattern | null {
  const text = example.trim()
  if (text.length < lengths.least || text.length > lengths.most) return null
  const classes = [...text].map((sign) =>
    /[\d#]/.test(sign) ? 'digit' : sign === '?' ? 'letter' : sign === '*' ? 'either' : sign
  )
  return classes.some((one) => one.length > 1) ? { classes } : null
}

export function* ownNumbers(text: string, { classes }: OwnPattern): Generator<readonly [number, number]> {
  for (let at = 0; at + classes.length <= text.length; at++) {
    const end = at + classes.length
    if (!classes.every((one, i) => fits(text[at + i] as string, one))) continue
    if (isWord(text[at - 1]) && isWord(text[at])) continue
    if (isWord(text[end]) && isWord(text[end - 1])) continue
    yield [at, end]
    at = end - 1
  }
}

function fits(sign: string, one: string): boolean {
  if (one === 'digit') return sign >= '0' && sign <= '9'
  if (one === 'letter') return /[A-Za-z]/.test(sign)
  if (one === 'either') return /[A-Za-z\d]/.test(sign)
  return sign === one || sign.toLowerCase() === one.toLowerCase()
}

const isWord = (sign: string | undefined): boolean => sign !== undefined && /\w/.test(sign)
