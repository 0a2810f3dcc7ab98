// The three ways to go on learning from documents: parts packed into rows, few rounds, and a lower learning rate than a tone
// takes, since nobody shows the model meanwhile how to talk. Pure.
import { defaultSettings, type Settings } from '../../contract/settings'
import type { PresetReason } from '../../contract/window/training'
import type { PresetChoice, PresetFacts } from './preset-facts'
import { seqLength } from './seq-length'

/** tokens of a row: long enough for a page, short enough for the memory of an office machine */
const longestRow = 1024
/** tokens that show whether anything moves */
const quickTokens = 40_000
/** updates that a training should have at least, where there is enough to read */
const wantedUpdates = 100
const mostTogether = 16
const mostAtOnce = 4
const smallModel = 50e6

export function documentsPresets(facts: PresetFacts): readonly PresetChoice[] {
  const tokens = Float64Array.from(facts.lengths).reduce((sum, length) => sum + length, 0)
  const part = Math.min(1, quickTokens / Math.max(1, tokens))
  const balanced = settingsFor(facts, tokens)
  const quick = settingsFor(facts, tokens * part)
  const thorough: Settings = {
    ...balanced,
    ...(facts.start === null && { loraRank: 64, loraAlpha: 128 }),
    epochs: Math.ceil(balanced.epochs * 1.5)
  }
  return [
    { key: 'quick', settings: { ...quick, epochs: Math.max(1, Math.ceil(quick.epochs / 2)) }, part },
    { key: 'balanced', settings: balanced, part: 1 },
    { key: 'quality', settings: thorough, part: 1 }
  ]
}

/** Why it has these values, beside what is said of every training. */
export function documentsReasons(
  settings: Settings,
  part: number,
  { train, heldOut }: PresetFacts
): readonly PresetReason[] {
  const examples = String(Math.max(1, Math.round(train * part)))
  const reasons: (PresetReason | false)[] = [
    part < 1 && { code: 'PART_OF_PARTS', details: { examples, all: String(train) } },
    { code: 'PARTS', details: { examples, epochs: String(settings.epochs) } },
    { code: 'PACKED', details: { tokens: String(settings.maxSeqLength) } },
    { code: 'KEEPS_TALKING', details: {} },
    heldOut > 0 && { code: 'PARTS_HELD_OUT', details: { examples: String(heldOut) } },
    heldOut > 0 && settings.earlyStoppingPatience > 0 && { code: 'EARLY_STOP', details: {} }
  ]
  return reasons.filter((reason) => reason !== false)
}

function settingsFor(facts: PresetFacts, tokens: number): Settings {
  const maxSeqLength = Math.min(longestRow, Math.max(256, seqLength(facts)), facts.maxPositionEmbeddings)
  const epochs = roundsFor(tokens)
  const rows = Math.max(1, tokens / maxSeqLength)
  const together = Math.min(mostTogether, Math.max(1, Math.round((rows * epochs) / wantedUpdates)))
  const batchSize = Math.min(mostAtOnce, together)
  return {
    ...defaultSettings,
    method: facts.method,
    loraRank: 32,
    loraAlpha: 64,
    ...facts.start,
    packing: true,
    learningRate: strideFor(facts.parameters),
    epochs,
    batchSize,
    gradientAccumulationSteps: Math.ceil(together / batchSize),
    maxSeqLength
  }
}

/** Half of what a tone takes. */
const strideFor = (parameters: number): number =>
  parameters < smallModel ? 2e-3 : parameters < 300e6 ? 2.5e-4 : 1e-4

/** What is read often is learnt by heart. */
const roundsFor = (tokens: number): number => (tokens < 50_000 ? 4 : tokens < 1e6 ? 3 : tokens < 1e7 ? 2 : 1)
