// The name of a tuned model, where the licence of its base has a say in it. Pure.
import type { Origin } from '../models/origins'

/** Llama's licence: the name of what is made of it begins with "Llama". */
export function titleOf(name: string, origin: Pick<Origin, 'licence'> | null): string {
  const isLlamas = origin?.licence.duties.includes('built-with-llama') ?? false
  return isLlamas && !/^llama/i.test(name) ? `Llama ${name}` : name
}
