// What later issues bring, by name. A case counts as "not yet" only for a reason listed here or for a kind
// that this runner never heard of; everything else must run, and must pass.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { readAdapterConfig, type Case } from './cases'

/** Why the case cannot be run yet; undefined = run it. */
export function notYet(item: Case, knownKinds: ReadonlySet<string>): string | undefined {
  if (item.broken) return undefined
  if (!knownKinds.has(item.kind)) return `kind ${item.kind}`
  if (!item.file.model) return undefined
  const adapter = join(item.dir, 'adapter_init')
  if (existsSync(join(adapter, 'adapter_config.json'))) {
    const { peft_type } = readAdapterConfig(adapter)
    if (!['LORA', 'IA3', 'VERA', 'PROMPT_TUNING', 'PREFIX_TUNING', 'P_TUNING'].includes(peft_type))
      return peft_type
  }
  return undefined
}
