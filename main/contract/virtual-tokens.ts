// Tokens that an adapter puts before each example: no text, but they take room of what a model can read, and of every
// micro-batch. Imports nothing but its neighbours.
import type { MethodKey } from './methods'
import { adapterKinds, virtualKinds, virtualMethods, type AdapterKind } from './setting-rows'
import { isFor, type Settings } from './settings'

/** Of a training with these settings; 0 where its adapter stands around layers, or there is none. */
export const virtualTokensOf = (
  settings: Pick<Settings, 'method'> & Partial<Pick<Settings, 'adapter' | 'virtualTokens'>>
): number => (isFor('virtualTokens', settings) ? (settings.virtualTokens ?? 0) : 0)

/** Whether an adapter of this kind stands before examples, and not around layers. */
export const isVirtual = (adapter: AdapterKind): boolean => virtualKinds.some((kind) => kind === adapter)

/** The kinds of adapters that a method can teach. */
export const adaptersOf = (method: MethodKey): readonly AdapterKind[] =>
  adapterKinds.filter((kind) => !isVirtual(kind) || virtualMethods.some((one) => one === method))
