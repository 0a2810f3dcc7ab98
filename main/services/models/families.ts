// The families the engine knows, by model_type. test/services/models holds this list to the engine's own.
import { NeiroError } from '../../contract/errors'

export const knownFamilies = [
  'gemma',
  'gemma2',
  'gemma3_text',
  'llama',
  'mistral',
  'phi3',
  'qwen2',
  'qwen3'
] as const

export function checkFamily(modelType: unknown, dir: string): string {
  if ((knownFamilies as readonly unknown[]).includes(modelType)) return String(modelType)
  const got = typeof modelType === 'string' ? modelType : '?'
  const known = knownFamilies.join(', ')
  throw new NeiroError('UNKNOWN_ARCHITECTURE', { dir, architecture: got, known })
}
