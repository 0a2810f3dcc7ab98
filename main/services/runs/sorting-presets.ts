// The three ways to train what sorts texts: a head is new in each of them, so they go through the examples more often and in
// larger strides than a tone needs; looked at after every round. Pure.
import { defaultSettings, type Settings } from '../../contract/settings'
import type { PresetChoice, PresetFacts } from './preset-facts'
import { seqLength } from './seq-length'

/** rows of each label that show whether it can be told from the others */
const quickRows = 12
/** and at least so many in all */
const leastQuick = 120
/** an encoder is trained whole in minutes; of more values than this a part beside it learns as well */
const wholeModel = 400e6

export function sortingPresets(facts: PresetFacts): readonly PresetChoice[] {
  const { train, labels, parameters } = facts
  const part = Math.min(1, Math.max(leastQuick, quickRows * labels) / Math.max(1, train))
  const balanced = settingsFor(facts, 1, roundsFor(train))
  const quick = settingsFor(facts, part, roundsFor(Math.round(train * part)))
  const whole: Settings = {
    ...balanced,
    method: 'classification-full',
    learningRate: parameters < 50e6 ? 1e-4 : 5e-5
  }
  const larger: Settings = { ...balanced, loraRank: 32, loraAlpha: 64, epochs: balanced.epochs + 1 }
  return [
    { key: 'quick', settings: quick, part },
    { key: 'balanced', settings: balanced, part: 1 },
    { key: 'quality', settings: parameters <= wholeModel ? whole : larger, part: 1 }
  ]
}

function settingsFor(facts: PresetFacts, part: number, epochs: number): Settings {
  const examples = Math.max(1, Math.round(facts.train * part))
  const batchSize = examples < 400 ? 8 : 16
  return {
    ...defaultSettings,
    method: 'classification',
    loraRank: 16,
    loraAlpha: 32,
    learningRate: strideFor(facts.parameters),
    epochs,
    batchSize,
    gradientAccumulationSteps: 1,
    evaluationSteps: Math.ceil(examples / batchSize),
    maxSeqLength: seqLength(facts)
  }
}

const strideFor = (parameters: number): number =>
  parameters < 50e6 ? 2e-3 : parameters < 400e6 ? 1e-3 : 3e-4

const roundsFor = (examples: number): number =>
  examples <= 300 ? 10 : examples <= 1000 ? 8 : examples <= 5000 ? 5 : 3
