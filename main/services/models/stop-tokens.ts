// The token ids at which an answer ends: what answers are taught to end with, first, and what the model's own files
// name.
import type { ModelText } from '../tokens/model-text'
import type { Model } from './read-model'

export function stopTokensOf(
  model: Pick<Model, 'eosTokenIds' | 'specialTokens' | 'vocabSize'>,
  text: Pick<ModelText, 'marks' | 'idOf'>
): readonly number[] {
  const eos = model.specialTokens['eos_token']
  const named = [text.marks.turnEnd, eos === undefined ? null : text.idOf(eos)].filter((id) => id !== null)
  // one that the model has no row for is never said
  return [...new Set([...named, ...model.eosTokenIds])].filter((id) => id < model.vocabSize)
}
