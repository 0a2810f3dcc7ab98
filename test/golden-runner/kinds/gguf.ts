// A GGUF file as the base, in each of the case's types: logits and greedy tokens on its weights as they are decoded,
// and its tokenizer's ids of some texts.
import { join } from 'node:path'
import { floats, integers, readSafetensors, tensorOf } from '../../fixtures/safetensors'
import type { Case } from '../cases'
import { sequenceCheck, tensorError, type Check } from '../compare'
import { withSession } from '../engine'
import { general } from '../tolerances'
import type { KindResult } from '../run-case'
import { Tokenizer } from '../../../main/services/tokens/tokenizer'
import { derivedFiles } from '../../../main/services/tokens/derived/derived-files'

interface Result {
  readonly file: string
  readonly greedy: readonly number[]
}

const asked = 12

export async function runGguf(item: Case): Promise<KindResult> {
  const inputs = readSafetensors(join(item.dir, 'inputs.safetensors'))
  const expected = readSafetensors(join(item.dir, 'expected.safetensors'))
  const ids = tensorOf(inputs, 'input_ids')
  const [rows = 1, length = 0] = ids.shape
  const tokens = integers(ids)
  const batch = { tokens, labels: tokens.slice().fill(-100), lengths: new Int32Array(rows).fill(length) }
  const results = item.file['results'] as Record<string, Result>
  const checks: Check[] = []
  for (const [type, { file, greedy }] of Object.entries(results)) {
    const options = { modelDir: join(item.dir, file), maxTokensPerMicroBatch: tokens.length, maxContext: 64 }
    await withSession(options, async (session) => {
      const logits = await session.logits(batch, { adapter: false })
      const error = tensorError(logits, floats(tensorOf(expected, `${type}.logits`)))
      checks.push({ name: `${type}.logits`, error, tolerance: general })
      await session.generateBegin({
        prompt: Int32Array.from(greedy.slice(0, asked)),
        maxNewTokens: greedy.length - asked,
        stopTokens: new Int32Array(),
        sampling: { temperature: 0, topK: 0, topP: 1, minP: 0, repetitionPenalty: 1, seed: 0 },
        adapter: false
      })
      const { tokens: next } = await session.generateNext(greedy.length - asked)
      checks.push(sequenceCheck(`${type}.greedy`, next, greedy.slice(asked)))
    })
    const tokenizer = await Tokenizer.fromText((await derivedFiles(options.modelDir))['tokenizer.json'] ?? '')
    for (const [text, wanted] of Object.entries(item.file['tokenised'] as Record<string, number[]>))
      checks.push(sequenceCheck(`${type}.${JSON.stringify(text)}`, await tokenizer.encode(text), wanted))
  }
  return { checks }
}
