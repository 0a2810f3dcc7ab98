// How long examples are in tokens, as two arrays of numbers: what is asked of sets whose tokens would be too many to keep. Pure.

export interface Lengths {
  /** of each example, where its lengths begin; the last one is their number */
  readonly starts: Uint32Array
  /** tokens of each text that an example becomes; none where it cannot be learnt */
  readonly lengths: Uint32Array
  /** of each example, tokens of the longest text that is cut by itself: of two replies the longer one, with what was asked;
   *  0 where it cannot be learnt */
  readonly longest: Uint32Array
}

/** Of an example that cannot be learnt. */
export const noLengths: Lengths = {
  starts: new Uint32Array(2),
  lengths: new Uint32Array(),
  longest: new Uint32Array(1)
}

/** Of parts that follow one another. */
export function joinedLengths(parts: readonly Lengths[]): Lengths {
  const count = parts.reduce((sum, { starts }) => sum + starts.length - 1, 0)
  const texts = parts.reduce((sum, { lengths }) => sum + lengths.length, 0)
  const [starts, lengths] = [new Uint32Array(count + 1), new Uint32Array(texts)]
  const longest = new Uint32Array(count)
  let [example, text] = [0, 0]
  for (const part of parts) {
    lengths.set(part.lengths, text)
    longest.set(part.longest, example)
    part.starts.forEach((start, i) => (starts[example + i] = text + start))
    example += part.starts.length - 1
    text += part.lengths.length
  }
  return { starts, lengths, longest }
}
