// The three ways to learn what is preferred: few rounds in small strides, since a model that is pushed away from what it says
// soon says nothing well. Pure.
import { defaultSettings, type Settings } from '../../contract/settings'
import type { PresetChoice, PresetFacts } from './preset-facts'
import { seqLength } from './seq-length'

/** pairs that show whether anything moves */
const quickPairs = 120
/** examples of one update */
const together = 8

export function preferringPresets(facts: PresetFacts): readonly PresetChoice[] {
  const { train } = facts
  const part = Math.min(1, quickPairs / Math.max(1, train))
  const balanced = settingsFor(facts, train)
  const quick = settingsFor(facts, Math.round(train * part))
  const thorough: Settings = {
    ...balanced,
    ...(facts.start === null && { loraRank: 32, loraAlpha: 64 }),
    epochs: Math.ceil(balanced.epochs * 1.5)
  }
  return [
    { key: 'quick', settings: { ...quick, epochs: Math.max(1, quick.epochs - 1) }, part },
    { key: 'balanced', settings: balanced, part: 1 },
    { key: 'quality', settings: thorough, part: 1 }
  ]
}

function settingsFor(facts: PresetFacts, examples: number): Settings {
  const updates = Math.max(1, Math.ceil(examples / together))
  return {
    ...defaultSettings,
    method: facts.method,
    loraRank: 16,
    loraAlpha: 32,
    ...facts.start,
    learningRate: strideFor(facts.parameters),
    epochs: roundsFor(examples),
    batchSize: together,
    gradientAccumulationSteps: 1,
    // looked at after every half round
    evaluationSteps: Math.max(1, Math.ceil(updates / 2)),
    maxSeqLength: seqLength(facts)
  }
}

/** A tenth of what a tone takes: the field's way for adapters. */
const strideFor = (parameters: number): number =>
  parameters < 50e6 ? 5e-4 : parameters < 400e6 ? 1e-4 : 2e-5

const roundsFor = (examples: number): number => (examples <= 100 ? 4 : examples <= 1000 ? 3 : 2)
