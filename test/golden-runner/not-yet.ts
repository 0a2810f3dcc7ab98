// What later issues bring, by name. A case counts as "not yet" only for a reason listed here or for a kind
// that this runner never heard of; everything else must run, and must pass.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { readAdapterConfig, type Case } from './cases'

/** Cases that are run by hand alone, by name. */
const putOff: Readonly<Record<string, string>> = {
  'gemma4-moe-lora': 'family gemma4 with experts beside the block',
  'bert-classification':
    "one value whose gradient is 1e-6 of its tensor's largest goes another way in AdamW, and by the eighth step more hangs on it than one value in 500: 5.4e-5 to 9.0e-5 off, by the kernels"
}

/** Why the case cannot be run yet; undefined = run it. */
export function notYet(item: Case, knownKinds: ReadonlySet<string>): string | undefined {
  if (item.broken) return undefined
  if (!knownKinds.has(item.kind)) return `kind ${item.kind}`
  if (putOff[item.name] !== undefined) return putOff[item.name]
  if (!item.file.model) return undefined
  const adapter = join(item.dir, 'adapter_init')
  if (existsSync(join(adapter, 'adapter_config.json'))) {
    const { peft_type } = readAdapterConfig(adapter)
    if (!['LORA', 'IA3', 'VERA', 'PROMPT_TUNING', 'PREFIX_TUNING', 'P_TUNING'].includes(peft_type))
      return peft_type
  }
  return undefined
}
