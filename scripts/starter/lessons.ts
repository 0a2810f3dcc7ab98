// The corpus as token ids, a window of dialogues at a time and the same from any starting point, so that a
// stopped training reads on where it was.
import type { Batch } from '../../addon/index'
import type { Example } from '../../main/contract/records'
import type { ChatTemplate } from '../../main/services/tokens/chat-template'
import { encodeAll } from '../../main/services/tokens/cut'
import { LoadedModelText } from '../../main/services/tokens/loaded-model-text'
import type { Tokenizer } from '../../main/services/tokens/tokenizer'
import { dialogues, type Dialogue } from './grammar/corpus'

/** Dialogues encoded together. */
const windowSize = 4096

export interface Lessons {
  readonly tokenizer: Tokenizer
  readonly template: ChatTemplate
  readonly seed: number
  readonly batchSize: number
  readonly steps: number
}

const asExample = ({ turns }: Dialogue, row: number): Example => ({
  kind: 'conversation',
  messages: turns,
  source: { file: 'grammar', row }
})

async function encode(window: readonly Dialogue[], { tokenizer, template }: Lessons): Promise<Batch[]> {
  const { examples } = await encodeAll(window.map(asExample), {
    modelText: new LoadedModelText(tokenizer, () => template, { bosToken: null, eosToken: '<|im_end|>' }),
    maxSeqLength: 256,
    lossOn: 'responses'
  })
  return examples.map(({ tokens, labels }) => ({ tokens, labels, lengths: Int32Array.of(tokens.length) }))
}

/** Examples end to end. */
export function joinBatches(parts: readonly Batch[]): Batch {
  const size = parts.reduce((sum, part) => sum + part.tokens.length, 0)
  const batch = {
    tokens: new Int32Array(size),
    labels: new Int32Array(size),
    lengths: new Int32Array(parts.length)
  }
  let at = 0
  parts.forEach((part, i) => {
    batch.tokens.set(part.tokens, at)
    batch.labels.set(part.labels, at)
    batch.lengths[i] = part.tokens.length
    at += part.tokens.length
  })
  return batch
}

/** One batch per step, from step `from` (0-based) on. */
export async function* lessonBatches(lessons: Lessons, from: number): AsyncGenerator<Batch> {
  const first = from * lessons.batchSize
  let encoded: Batch[] = []
  let window: Dialogue[] = []
  let number = 0
  for (const dialogue of dialogues(lessons.seed, lessons.steps * lessons.batchSize)) {
    if (number++ < first) continue
    window.push(dialogue)
    if (window.length < windowSize) continue
    encoded = encoded.concat(await encode(window, lessons))
    window = []
    while (encoded.length >= lessons.batchSize) yield joinBatches(encoded.splice(0, lessons.batchSize))
  }
  if (window.length > 0) encoded = encoded.concat(await encode(window, lessons))
  while (encoded.length >= lessons.batchSize) yield joinBatches(encoded.splice(0, lessons.batchSize))
}
