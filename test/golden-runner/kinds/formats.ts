// One model in every form that real ones come in: shards, BF16, F16, an older config. Logits are computed
// in F32 on the weights as stored.
import { join } from 'node:path'
import { readSafetensors } from '../../fixtures/safetensors'
import { raggedBatch, unpadded } from '../batches'
import type { Case } from '../cases'
import { tensorError, type Check } from '../compare'
import { withSession } from '../engine'
import type { KindResult } from '../run-case'
import { tolerancesFor } from '../tolerances'

export async function runFormats(item: Case, folder: string): Promise<KindResult> {
  const batch = raggedBatch(readSafetensors(join(item.dir, 'inputs.safetensors')), '')
  const expected = readSafetensors(join(item.dir, 'expected.safetensors'))
  const tolerance = tolerancesFor(folder, item.name).logits
  const checks: Check[] = []
  for (const name of item.file['folders'] as string[]) {
    const options = { modelDir: join(item.dir, name), maxTokensPerMicroBatch: batch.tokens.length }
    const logits = await withSession(options, (session) => session.logits(batch, { adapter: false }))
    const error = tensorError(logits, unpadded(expected, `${name}.logits`, batch.lengths))
    checks.push({ name: `${name}.logits`, error, tolerance })
  }
  return { checks }
}
