// The methods by their keys: a row in contract/methods.ts asks for its entry here.
import type { MethodKey } from '../../contract/methods'
import type { MethodOf } from './method'
import { classification, classificationFull } from './classification'
import { full } from './full'
import { multiTask } from './multi-task'
import { kto } from './kto'
import { cpo, dpo, orpo } from './paired'
import { grpo, rloo } from './policy'
import { ppo } from './ppo'
import { reward } from './reward'
import { sft } from './sft'

export const methods: { readonly [K in MethodKey]: MethodOf<K> } = {
  sft,
  full,
  // the same updates from texts alone: what differs is how they become tokens
  continued: sft,
  'continued-full': full,
  dpo,
  orpo,
  cpo,
  kto,
  reward,
  grpo,
  rloo,
  ppo,
  'multi-task': multiTask,
  classification,
  'classification-full': classificationFull
}
