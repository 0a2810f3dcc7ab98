// How long examples are in tokens, as two arrays of numbers: what is asked of sets whose tokens would be too many to keep. Pure.

export interface Lengths {
  /** of each example, where its lengths begin; the last one is their number */
  readonly starts: Uint32Array
  /** tokens of each text that an example becomes; none where it cannot be learnt */
  readonly lengths: Uint32Array
}

/** Of an example that cannot be learnt. */
export const noLengths: Lengths = { starts: new Uint32Array(2), lengths: new Uint32Array() }

/** Of parts that follow one another. */
export function joinedLengths(parts: readonly Lengths[]): Lengths {
  const count = parts.reduce((sum, { starts }) => sum + starts.length - 1, 0)
  const texts = parts.reduce((sum, { lengths }) => sum + lengths.length, 0)
  const [starts, lengths] = [new Uint32Array(count + 1), new Uint32Array(texts)]
  let [example, text] = [0, 0]
  for (const part of parts) {
    lengths.set(part.lengths, text)
    part.starts.forEach((start, i) => (starts[example + i] = text + start))
    example += part.starts.length - 1
    text += part.lengths.length
  }
  return { starts, lengths }
}
