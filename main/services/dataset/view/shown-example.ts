// One example exactly as the model will be given it: the template applied, what is learnt marked, tokens counted.
import type { ExamplePreview } from '../../../contract/window/data'
import { encodeNow, encodePieces } from '../../tokens/pieces'
import { shownPieces, type EncodeOptions } from '../../tokens/encode'
import type { SetExample } from '../set/data-set'
import { withSystem } from '../../tokens/with-system'

export function showExample(
  { example }: SetExample,
  { index, count }: { readonly index: number; readonly count: number },
  options: EncodeOptions
): ExamplePreview {
  const pieces = shownPieces(example, options)
  const [encoded] = encodeNow(options.tokenizer, encodePieces(options.tokenizer, [pieces]))
  const tokens = encoded?.ids.length ?? 0
  // a longer plain text goes on in further rows; a conversation ends at the limit
  const cut = example.kind === 'text' ? 0 : Math.max(0, tokens - options.maxSeqLength)
  return { index, count, turns: turnsOf(example, options.systemPrompt), pieces, tokens, cut }
}

function turnsOf(example: SetExample['example'], systemPrompt: string | undefined): ExamplePreview['turns'] {
  if (example.kind === 'text') return [{ role: 'assistant', text: example.text, learnt: true }]
  return withSystem(example.messages, systemPrompt).map(({ role, content }, i) => ({
    role,
    text: content,
    // nothing leads to an answer that stands first
    learnt: role === 'assistant' && i > 0
  }))
}
