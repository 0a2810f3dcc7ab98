// Three ways to train, chosen from data and model, each with its reasons as codes and figures. What the
// machine allows is seen afterwards (planner.ts). Pure.
import { continues, methodRows, type MethodKey } from '../../contract/methods'
import { defaultSettings, type Settings } from '../../contract/settings'
import type { PresetChoice, PresetFacts } from './preset-facts'
import { documentsPresets, documentsReasons } from './documents-presets'
import { seqLength } from './seq-length'
import { preferringPresets } from './preferring-presets'
import { sortingPresets } from './sorting-presets'
import type { PresetKey, PresetReason } from '../../contract/window/training'

export type { PresetChoice, PresetFacts }

/** so many examples show whether a tone comes through */
const quickExamples = 120
/** below, a model has too few values to be moved by small strides */
const smallModel = 50e6
const fewExamples = 100

export function choosePresets(facts: PresetFacts): readonly PresetChoice[] {
  if (prefers(facts.method)) return preferringPresets(facts)
  if (methodRows[facts.method].head === 'score') return sortingPresets(facts)
  if (continues(facts.method)) return documentsPresets(facts)
  const balanced = facts.proven
    ? { ...facts.proven, maxSeqLength: seqLength(facts) }
    : balancedSettings(facts)
  const part = Math.min(1, quickExamples / Math.max(1, facts.train))
  const quick = quickSettings(balanced, facts, part)
  const quality = {
    ...balanced,
    loraRank: Math.min(64, balanced.loraRank * 2),
    loraAlpha: Math.min(128, balanced.loraAlpha * 2),
    epochs: Math.ceil(balanced.epochs * 1.5)
  }
  return [
    { key: 'quick', settings: quick, part },
    { key: 'balanced', settings: balanced, part: 1 },
    { key: 'quality', settings: quality, part: 1 }
  ]
}

function balancedSettings(facts: PresetFacts): Settings {
  const { train, parameters } = facts
  const small = parameters < smallModel
  const rank = train < fewExamples ? 8 : 16
  // an update over few examples is rough, but few examples would make too few updates otherwise
  const together = train < 60 ? 4 : train < 400 ? 8 : 16
  const batchSize = Math.min(8, together)
  return {
    ...defaultSettings,
    loraRank: rank,
    loraAlpha: rank * 2,
    learningRate: learningRateFor(parameters),
    epochs: epochsFor(train) * (small ? 4 : 1),
    batchSize,
    gradientAccumulationSteps: together / batchSize,
    maxSeqLength: seqLength(facts)
  }
}

/** Two thirds of the balanced training at most, read as often as so few examples want it, in the largest strides
 *  that are safe for the size. Measured on the sample: 8 epochs at 0.001 leave half of the answers without the
 *  tone; at 0.002 none. */
function quickSettings(balanced: Settings, { train, parameters }: PresetFacts, part: number): Settings {
  const examples = Math.max(1, Math.round(train * part))
  const enough = Math.max(balanced.epochs, epochsFor(examples) * (parameters < smallModel ? 4 : 1))
  const affordable = Math.floor((balanced.epochs * train * 0.65) / examples)
  const learningRate = Math.max(
    balanced.learningRate,
    Math.min(2 * balanced.learningRate, learningRateFor(parameters))
  )
  return { ...balanced, learningRate, epochs: Math.max(1, Math.min(enough, affordable)) }
}

function learningRateFor(parameters: number): number {
  if (parameters < smallModel) return 4e-3
  return parameters < 300e6 ? 5e-4 : 2e-4
}

/** About a hundred updates where examples are few, twice through them where they are many. */
function epochsFor(examples: number): number {
  if (examples <= 30) return 12
  if (examples <= fewExamples) return 8
  if (examples <= 300) return 5
  if (examples <= 1000) return 3
  return examples <= 5000 ? 2 : 1
}

const prefers = (method: MethodKey): boolean =>
  methodRows[method].examples.some((kind) => kind === 'preference' || kind === 'rated')

const goesOn = ({ start, onLearnt }: PresetFacts): boolean => start !== null || onLearnt === true

/** Why it has these values. */
export function reasonsOf(
  key: PresetKey,
  settings: Settings,
  part: number,
  facts: PresetFacts
): readonly PresetReason[] {
  if (continues(settings.method)) return documentsReasons(settings, part, facts)
  const examples = String(Math.max(1, Math.round(facts.train * part)))
  const reasons: (PresetReason | false)[] = [
    part < 1 && { code: 'PART', details: { examples, all: String(facts.train) } },
    {
      code: prefers(settings.method) ? 'ROUNDS' : 'EPOCHS',
      details: { examples, epochs: String(settings.epochs) }
    },
    prefers(settings.method) && { code: goesOn(facts) ? 'GOES_ON' : 'FROM_BASE', details: {} },
    prefers(settings.method) && { code: 'SMALL_STRIDES', details: {} },
    !prefers(settings.method) && facts.train < fewExamples && { code: 'SMALL_DATA', details: {} },
    !prefers(settings.method) && facts.parameters < smallModel && { code: 'SMALL_MODEL', details: {} },
    key === 'quality' &&
      methodRows[settings.method].trains === 'model' && { code: 'WHOLE_MODEL', details: {} },
    key === 'quality' &&
      facts.start === null &&
      methodRows[settings.method].trains === 'adapter' && {
        code: 'RANK',
        details: { rank: String(settings.loraRank) }
      },
    key !== 'quick' && { code: 'LENGTH', details: { tokens: String(settings.maxSeqLength) } },
    facts.heldOut > 0 && { code: 'HELD_OUT', details: { examples: String(facts.heldOut) } },
    facts.heldOut > 0 && settings.earlyStoppingPatience > 0 && { code: 'EARLY_STOP', details: {} }
  ]
  return reasons.filter((reason) => reason !== false)
}
