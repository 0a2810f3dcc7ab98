// Bytes that each candidate takes while it answers the longest of its questions, by the engine's own plan. What answers at a
// service takes none here.
import type { TrainerCaller } from '../../contract/trainer-protocol'
import { engineOptions } from '../models/open-model'
import type { TunedModel } from '../runs/tuned-model'
import type { Opened } from './open-sheet'

export async function memoryOf(
  host: TrainerCaller,
  tuned: TunedModel,
  { sheet, items }: Opened
): Promise<Readonly<Record<string, number>>> {
  const { candidates, maxNewTokens } = sheet.head
  const memory: Record<string, number> = {}
  for (const { id, kind, run } of candidates.filter(({ service }) => !service)) {
    const prompts = items.map((item) => sheet.answer(item, id)?.promptTokens ?? 0)
    const longest = prompts.reduce((most, one) => Math.max(most, one), 0)
    if (longest === 0 || run !== undefined) continue
    const maxContext = longest + maxNewTokens
    const open = kind === 'tuned' ? tuned.open : tuned.openBase
    const plan = await host.call(
      'planMemory',
      engineOptions({ ...open, maxContext, maxTokens: longest, conversations: 1 })
    )
    // what the engine's process holds already is of whatever was open before, and another at each look
    memory[id] = plan.total - plan.runtime
  }
  return memory
}
