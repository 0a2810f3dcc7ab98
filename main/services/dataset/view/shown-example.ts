// One example exactly as the model will be given it: the template applied, what is learnt marked, tokens counted.
import type { ExamplePreview } from '../../../contract/window/data'
import { encodeNow, encodePieces } from '../../tokens/pieces'
import { shownPieces, type EncodeOptions } from '../../tokens/encode'
import type { SetExample } from '../set/data-set'
import { kindOf } from '../kinds'

export function showExample(
  { example }: SetExample,
  { index, count }: { readonly index: number; readonly count: number },
  options: EncodeOptions
): ExamplePreview {
  const pieces = shownPieces(example, options)
  const [encoded] = encodeNow(options.tokenizer, encodePieces(options.tokenizer, [pieces]))
  const tokens = encoded?.ids.length ?? 0
  const kind = kindOf(example)
  const cut = kind.endsAtLimit ? Math.max(0, tokens - options.maxSeqLength) : 0
  return { index, count, turns: kind.turns(example, options.systemPrompt), pieces, tokens, cut }
}
