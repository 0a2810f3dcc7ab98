// Runs one case and says how it went. Each kind lives in its own file under kinds/.
import { passes, type Check } from './compare'
import type { Case } from './cases'
import { notYet } from './not-yet'
import { runAdamw8bit } from './kinds/adamw8bit'
import { runAdapter } from './kinds/adapter'
import { runCausalLora } from './kinds/causal-lora'
import { runClassificationLora } from './kinds/classification-lora'
import { runFull } from './kinds/full'
import { runFormats } from './kinds/formats'
import { runGeneration } from './kinds/generation'
import { runGguf } from './kinds/gguf'
import { runMetrics } from './kinds/metrics'
import { runInt8 } from './kinds/int8'
import { runKto } from './kinds/kto'
import { runMultiTask } from './kinds/multi-task'
import { runPacking } from './kinds/packing'
import { runPerplexity } from './kinds/perplexity'
import { runPolicy } from './kinds/policy'
import { runPpo } from './kinds/ppo'
import { runPreference } from './kinds/preference'
import { runLoraCombined } from './kinds/lora-combined'
import { runLoraPlus } from './kinds/lora-plus'
import { runLoraDecomposed } from './kinds/lora-decomposed'
import { runPTuning } from './kinds/p-tuning'
import { runPruning } from './kinds/pruning'
import { runQuantisation } from './kinds/quantisation'
import { runReward } from './kinds/reward'
import { runSampling } from './kinds/sampling'
import { runSchedules } from './kinds/schedules'
import { runTemplates } from './kinds/templates'

/** What a kind found: its checks, and the parts of the case that later issues bring. */
export interface KindResult {
  readonly checks: readonly Check[]
  readonly partsNotYet?: readonly string[]
  /** what a reader of the figures should know */
  readonly note?: string
}
export type Kind = (item: Case, folder: string) => Promise<KindResult>

const kinds: Readonly<Record<string, Kind>> = {
  adamw8bit: runAdamw8bit,
  'causal-lora': runCausalLora,
  'classification-lora': runClassificationLora,
  ia3: runAdapter,
  prompt_tuning: runAdapter,
  prefix_tuning: runAdapter,
  preference: runPreference,
  'preference-trl': runPreference,
  int8: runInt8,
  kto: runKto,
  reward: runReward,
  grpo: runPolicy,
  rloo: runPolicy,
  ppo: runPpo,
  p_tuning: runPTuning,
  vera: runCausalLora,
  'lora-combined': runLoraCombined,
  'lora-decomposed': runLoraDecomposed,
  'lora-plus': runLoraPlus,
  'full-causal': runFull,
  'full-classification': runFull,
  'multi-task': runMultiTask,
  packing: runPacking,
  formats: runFormats,
  generation: runGeneration,
  gguf: runGguf,
  metrics: runMetrics,
  sampling: runSampling,
  perplexity: runPerplexity,
  pruning: runPruning,
  quantisation: runQuantisation,
  schedules: runSchedules,
  templates: runTemplates
}
const known = new Set(Object.keys(kinds))

export type Outcome =
  | { readonly kind: 'passed' | 'missed'; readonly name: string; readonly result: KindResult }
  | { readonly kind: 'failed'; readonly name: string; readonly reason: string }
  | { readonly kind: 'not yet'; readonly name: string; readonly reason: string }

/** Why a case waits for a later issue; undefined = it is to be run. Never throws: what cannot be read is run, and fails. */
export function whyNotYet(item: Case): string | undefined {
  try {
    return notYet(item, known)
  } catch {
    return undefined
  }
}

/** `folder` is the folder of cases: its tolerances.json counts first. */
export async function runCase(item: Case, folder: string): Promise<Outcome> {
  const { name } = item
  if (item.broken) return { kind: 'failed', name, reason: item.broken }
  const later = whyNotYet(item)
  if (later) return { kind: 'not yet', name, reason: later }
  const run = kinds[item.kind]
  if (!run) return { kind: 'failed', name, reason: `kind ${item.kind} has no runner` }
  try {
    const result = await run(item, folder)
    if (!result.checks.length)
      return result.partsNotYet?.length
        ? { kind: 'not yet', name, reason: result.partsNotYet.join(', ') }
        : { kind: 'failed', name, reason: 'nothing was compared' }
    return { kind: result.checks.every(passes) ? 'passed' : 'missed', name, result }
  } catch (error) {
    const { code, message } = error as Error & { code?: string }
    return { kind: 'failed', name, reason: code ? `${code}: ${message}` : message }
  }
}
