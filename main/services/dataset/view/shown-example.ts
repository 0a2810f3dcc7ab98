// One example exactly as the model will be given it: the template applied, what is learnt marked, tokens counted as all
// lengths are.
import type { ExamplePreview } from '../../../contract/window/data'
import type { EncodeOptions } from '../../tokens/cut'
import type { SetExample } from '../set/kept-set'
import { kindOf } from '../kinds'

export async function showExample(
  { example }: SetExample,
  { index, count }: { readonly index: number; readonly count: number },
  options: EncodeOptions
): Promise<ExamplePreview> {
  const { pieces, tokens: shown } = await options.modelText.shown(example, options)
  const { longest } = await options.modelText.lengths([example], options.systemPrompt ?? '')
  // what cannot be learnt has no length, and is shown all the same
  const tokens = longest[0] || shown
  const kind = kindOf(example)
  const cut = kind.endsAtLimit ? Math.max(0, tokens - options.maxSeqLength) : 0
  return { index, count, turns: kind.turns(example, options.systemPrompt), pieces, tokens, cut }
}
