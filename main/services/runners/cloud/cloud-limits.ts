// What the services take: examples, size, tokens of one example; and what a training will come to. Pure.
// Sources (read 2026-11): developers.openai.com/api/docs/guides/supervised-fine-tuning, learn.microsoft.com
// azure/foundry/openai/how-to/fine-tuning (file below 512 MB, ten examples, UTF-8 with a byte order mark, training
// example of 65,536 tokens).
import type { CloudKind } from '../../../contract/elsewhere'
import { NeiroError } from '../../../contract/errors'

export interface CloudLimits {
  readonly leastExamples: number
  /** of one file */
  readonly mostBytes: number
  /** of one example; what is longer is cut off there */
  readonly mostTokens: number
  /** the file begins with a byte order mark */
  readonly mark: boolean
}

const usual = { leastExamples: 10, mostBytes: 512 * 1024 * 1024, mostTokens: 65_536 }

export const cloudLimits: Readonly<Record<CloudKind, CloudLimits>> = {
  openai: { ...usual, mark: false },
  azure: { ...usual, mark: true }
}

/** After this day OpenAI takes no new training; said before it is agreed to. */
export const openAiEnds = '2027-01-06'

/** Tokens, roughly: nobody here has the services' own tokenizers. Four letters of Latin a token, one of any other script;
 *  four more for each message. */
export function roughTokens(texts: readonly string[]): number {
  let tokens = 0
  for (const text of texts) {
    let latin = 0
    let other = 0
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (code < 0x250) latin++
      // the second half of a pair is the first one's
      else if (code < 0xdc00 || code > 0xdfff) other++
    }
    tokens += Math.ceil(latin / 4) + other + 4
  }
  return tokens
}

export interface CloudAmount {
  readonly examples: number
  readonly bytes: number
  /** roughly, of all examples once */
  readonly tokens: number
  /** roughly, of the longest */
  readonly longest: number
  /** examples that seem longer than what is taken */
  readonly tooLong: number
}

/** Throws CLOUD_TOO_FEW, CLOUD_FILE_TOO_LARGE. What is too long is said, not refused: it is a rough figure. */
export function checkAmount(
  place: string,
  { leastExamples, mostBytes }: CloudLimits,
  amount: CloudAmount
): void {
  const { examples, bytes } = amount
  if (examples < leastExamples)
    throw new NeiroError('CLOUD_TOO_FEW', { place, examples: String(examples), least: String(leastExamples) })
  if (bytes >= mostBytes)
    throw new NeiroError('CLOUD_FILE_TOO_LARGE', {
      place,
      size: `${(bytes / 2 ** 20).toFixed(0)} MB`,
      most: `${mostBytes / 2 ** 20} MB`
    })
}
