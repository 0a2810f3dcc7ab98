// What may come next by rules on n-grams, least length, penalties and typicality, and whole continuations by them.
import { join } from 'node:path'
import type { SamplingOptions } from '../../../addon/index'
import { floats, integers, readSafetensors, tensorOf } from '../../fixtures/safetensors'
import { modelDirOf, type Case } from '../cases'
import { sequenceCheck, tensorError, type Check } from '../compare'
import { engine, withSession } from '../engine'
import type { KindResult } from '../run-case'

/** of the set's README */
const ofProbabilities = 1e-6

type Settings = Readonly<Record<string, number | readonly number[] | boolean | null>>
interface Run {
  readonly settings: Settings
  readonly sequences: readonly (readonly number[])[]
}

const rules: Readonly<Record<string, keyof SamplingOptions>> = {
  temperature: 'temperature',
  top_p: 'topP',
  typical_p: 'typicalP',
  no_repeat_ngram_size: 'noRepeat',
  min_new_tokens: 'least',
  presence_penalty: 'presencePenalty',
  frequency_penalty: 'frequencyPenalty'
}

/** Throws for a setting that says something and is not known. */
function samplingOf(settings: Settings, temperature: number): SamplingOptions {
  const beside = ['eos_token_id', 'prompt_length']
  const unknown = Object.keys(settings).filter((key) => !(key in rules) && !beside.includes(key))
  if (unknown.length > 0) throw new Error(`setting ${unknown.join()} is unknown`)
  const own = Object.entries(settings).flatMap(([key, value]) => (rules[key] ? [[rules[key], value]] : []))
  const plain = { temperature, topK: 0, topP: 1, minP: 0, repetitionPenalty: 1, seed: 0 }
  return { ...plain, ...(Object.fromEntries(own) as Partial<SamplingOptions>) }
}

const stopsOf = ({ eos_token_id: id }: Settings): Int32Array =>
  Int32Array.from([id].flat().filter((one) => typeof one === 'number'))

export async function runGeneration(item: Case): Promise<KindResult> {
  const expected = readSafetensors(join(item.dir, 'expected.safetensors'))
  const logits = floats(tensorOf(expected, 'logits'))
  const previous = integers(tensorOf(expected, 'previous'))
  const checks: Check[] = []
  for (const [name, settings] of Object.entries(item.file['settings'] as Record<string, Settings>)) {
    const answered = previous.length - Number(settings['prompt_length'] ?? 0)
    const { seed: _, ...options } = samplingOf(settings, 1)
    const got = await engine().sampleDistribution(logits, previous, options, answered, stopsOf(settings))
    const error = tensorError(got, floats(tensorOf(expected, `${name}.probabilities`)))
    const words = Object.entries(settings).map(([key, value]) => `${key} ${String(value)}`)
    checks.push({ name: words.join(', '), error, tolerance: ofProbabilities })
  }
  const runs = Object.entries(item.file['runs'] as Record<string, Run>)
  const prompt = integers(tensorOf(expected, 'prompt'))
  const most = Number(item.file['max_new_tokens'])
  const sizes = { maxTokensPerMicroBatch: prompt.length, maxContext: prompt.length + most }
  await withSession({ modelDir: modelDirOf(item), ...sizes }, async (session) => {
    for (const [name, { settings, sequences }] of runs.filter(([, run]) => !byBeams(run))) {
      const stopTokens = stopsOf(settings)
      const sampling = samplingOf(settings, 0)
      await session.generateBegin({ prompt, maxNewTokens: most, stopTokens, sampling, adapter: false })
      const { tokens } = await session.generateNext(most)
      checks.push(sequenceCheck(name, tokens, sequences[0] ?? []))
    }
  })
  const later = runs.filter(([, run]) => byBeams(run)).map(([name]) => name)
  return { checks, partsNotYet: later.length > 0 ? [`beams (${later.join(', ')})`] : [] }
}

const byBeams = ({ settings }: Run): boolean => Number(settings['num_beams'] ?? 1) > 1
