// The distribution that a next token is drawn from: penalty, temperature, top-k, top-p, min-p, in this order.
import { join } from 'node:path'
import { floats, integers, readSafetensors, tensorOf } from '../../fixtures/safetensors'
import type { Case } from '../cases'
import { tensorError, type Check } from '../compare'
import { engine } from '../engine'
import type { KindResult } from '../run-case'
import { tolerancesFor } from '../tolerances'

type Settings = Readonly<Record<string, number>>
const knownSettings = new Set(['temperature', 'top_k', 'top_p', 'min_p', 'repetition_penalty'])

export async function runSampling(item: Case, folder: string): Promise<KindResult> {
  const expected = readSafetensors(join(item.dir, 'expected.safetensors'))
  const logits = floats(tensorOf(expected, 'logits'))
  const previous = integers(tensorOf(expected, 'previous'))
  const tolerance = tolerancesFor(folder, item.name).logits
  const checks: Check[] = []
  for (const [name, settings] of Object.entries(item.file['settings'] as Record<string, Settings>)) {
    const unknown = Object.keys(settings).filter((key) => !knownSettings.has(key))
    if (unknown.length) throw new Error(`setting ${unknown.join()} is unknown`)
    const got = await engine().sampleDistribution(logits, previous, {
      temperature: settings['temperature'] ?? 1,
      topK: settings['top_k'] ?? 0,
      topP: settings['top_p'] ?? 1,
      minP: settings['min_p'] ?? 0,
      repetitionPenalty: settings['repetition_penalty'] ?? 1
    })
    const words = Object.entries(settings).map(([key, value]) => `${key} ${value}`)
    const error = tensorError(got, floats(tensorOf(expected, `${name}.probabilities`)))
    checks.push({ name: words.join(', ') || 'plain', error, tolerance })
  }
  return { checks }
}
