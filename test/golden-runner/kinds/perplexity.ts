// Perplexity of one text by a sliding window, keyed "longest window/stride".
import { join } from 'node:path'
import { slidingPerplexity } from '../../../main/services/evaluation/perplexity'
import { integers, readSafetensors, tensorOf } from '../../fixtures/safetensors'
import { modelDirOf, type Case } from '../cases'
import { numberError, type Check } from '../compare'
import { withSession } from '../engine'
import type { KindResult } from '../run-case'
import { tolerancesFor } from '../tolerances'

interface Expected {
  readonly perplexity: number
  readonly tokens: number
}

export async function runPerplexity(item: Case, folder: string): Promise<KindResult> {
  const tokens = integers(tensorOf(readSafetensors(join(item.dir, 'inputs.safetensors')), 'input_ids'))
  const tolerance = tolerancesFor(folder, item.name).loss
  const checks: Check[] = []
  const options = {
    modelDir: modelDirOf(item),
    baseQuantization: 'f32' as const,
    maxTokensPerMicroBatch: tokens.length
  }
  await withSession(options, async (session) => {
    for (const [key, want] of Object.entries(item.file.results as Record<string, Expected>)) {
      const [maxLength = 0, stride = 0] = key.split('/').map(Number)
      const got = await slidingPerplexity(tokens, maxLength, stride, (window) =>
        session.evaluate({ ...window, lengths: Int32Array.of(window.tokens.length) }, { adapter: false })
      )
      checks.push({ name: `window ${key}`, error: numberError(got.perplexity, want.perplexity), tolerance })
      checks.push({ name: `tokens ${key}`, error: got.tokens === want.tokens ? 0 : Infinity, tolerance: 0 })
    }
  })
  return { checks }
}
