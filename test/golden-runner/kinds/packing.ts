// Examples of different lengths, each alone, packed in one row, and accumulated over micro-batches: the
// same loss (mean over all learnt tokens) and the same gradients, because no example sees another.
import { join } from 'node:path'
import type { Batch } from '../../../addon/index'
import { readSafetensors } from '../../fixtures/safetensors'
import { endToEnd, gradientsOf, named, raggedBatch } from '../batches'
import { modelDirOf, readAdapterConfig, type Case } from '../cases'
import { numberError, tensorSetCheck, worst, type Check } from '../compare'
import { engine, withSession } from '../engine'
import type { KindResult } from '../run-case'
import { tolerancesFor } from '../tolerances'
import { trainMode } from './causal-lora'

interface ExampleExpected {
  readonly nll_sum: number
  readonly learnt_tokens: number
}

export async function runPacking(item: Case, folder: string): Promise<KindResult> {
  const inputs = readSafetensors(join(item.dir, 'inputs.safetensors'))
  const expected = readSafetensors(join(item.dir, 'expected.safetensors'))
  const tolerance = tolerancesFor(folder, item.name)
  const results = item.file.results ?? {}
  const wanted = results['examples'] as ExampleExpected[]
  const examples = wanted.map((_, i) => raggedBatch(inputs, `example${i}.`))
  const packed = endToEnd(examples)
  // a ragged batch has no padding: "in one row" and "in one batch" are the same call here
  const ways: readonly (readonly [string, readonly Batch[]])[] = [
    ['packed', [packed]],
    ['packed backwards', [endToEnd([...examples].reverse())]],
    ['accumulated', examples],
    ['first alone, rest packed', [endToEnd(examples.slice(0, 1)), endToEnd(examples.slice(1))]]
  ]
  const adapterDir = join(item.dir, 'adapter_init')
  const options = {
    modelDir: modelDirOf(item),
    baseQuantization: 'f32' as const,
    maxTokensPerMicroBatch: packed.tokens.length,
    train: trainMode(readAdapterConfig(adapterDir)),
    adapterDir
  }
  const checks: Check[] = []
  await withSession(options, async (session) => {
    const alone: [string, number][] = []
    for (const [i, example] of examples.entries()) {
      const got = await session.evaluate(example, { adapter: true })
      alone.push([`example ${i}`, numberError(got.nllSum, wanted[i]?.nll_sum ?? NaN)])
      alone.push([`learnt tokens of ${i}`, got.learntTokens === wanted[i]?.learnt_tokens ? 0 : Infinity])
    }
    checks.push({ name: 'each alone', error: worst(alone).error, tolerance: tolerance.loss })

    const together = await session.evaluate(packed, { adapter: true })
    const each = together.examples.map(
      ({ nllSum }, i) => [`example ${i}`, numberError(nllSum, wanted[i]?.nll_sum ?? NaN)] as const
    )
    checks.push({ name: 'each, evaluated together', error: worst(each).error, tolerance: tolerance.loss })

    for (const [name, batches] of ways) {
      const got = await engine().gradients(session, [...batches])
      const error = numberError(got.loss, Number(results['loss']))
      checks.push({ name: `${name}: loss`, error, tolerance: tolerance.loss })
      checks.push(
        tensorSetCheck(`${name}: gradients`, named(got.gradients), gradientsOf(expected), tolerance.gradients)
      )
    }
  })
  return { checks }
}
