// The methods by their keys: a row in contract/methods.ts asks for its entry here.
import type { MethodKey } from '../../contract/methods'
import type { Method } from './method'
import { full } from './full'
import { sft } from './sft'

export const methods: { readonly [K in MethodKey]: Method } = { sft, full }
