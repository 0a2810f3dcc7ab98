// This PC as the rail tells it: processors, memory, and its GPU where one can be used. Nobody is told of one that is not
// there. Pure.
import type { Language } from '../../main/contract/language'
import type { AppInfo } from '../../main/contract/window/app'
import { windowWords } from '../../main/words/window'
import { memory } from './format'

export function machineLines(
  info: Pick<AppInfo, 'machine' | 'machineProblem'> | null | undefined,
  language: Language
): readonly string[] {
  const words = windowWords[language].common
  const found = info?.machine
  if (!found) return [info?.machineProblem ?? words.starting]
  const { processors, memoryBytes, gpu } = found
  return [
    words.processors(processors),
    words.memory(memory(memoryBytes)),
    ...(gpu ? [words.gpu(gpu.name, memory(gpu.memoryBytes))] : [])
  ]
}
