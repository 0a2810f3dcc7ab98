// A text that is to be gone on with, in tokens: as texts are learnt, what begins one stands before it.
import type { ModelText } from './model-text'

export async function textPrompt(
  modelText: Pick<ModelText, 'encode' | 'marks'>,
  text: string,
  /** tokens; the beginning of a longer text is left out */
  most = Infinity
): Promise<Int32Array> {
  const [encoded = new Int32Array()] = await modelText.encode([text])
  const { begin } = modelText.marks
  const ids = begin !== null && encoded[0] === begin ? encoded.subarray(1) : encoded
  const room = begin === null ? most : most - 1
  const kept = ids.length > room ? ids.subarray(ids.length - room) : ids
  return begin === null ? kept : Int32Array.from([begin, ...kept])
}
