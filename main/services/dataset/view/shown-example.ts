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
  const { pieces, tokens } = await options.modelText.shown(example, options)
  const kind = kindOf(example)
  const cut = kind.endsAtLimit ? Math.max(0, tokens - options.maxSeqLength) : 0
  const turns = kind.turns(example, options.systemPrompt)
  return { kind: example.kind, index, count, turns, pieces, tokens, cut }
}
