// Copies of files that are not in the set any more: removed by the user, or taken back after they were added. They stay
// because a removal can be taken back, until the user empties them.
import type { Change } from '../log/data-log'
import type { LogState } from '../log/log-state'
import type { DataView } from '../../../contract/window/data'
import type { SourceFiles } from './source-files'

/** How much they are, by the sizes that the log knows. */
export async function removedCopies({ sources, state }: Held): Promise<DataView['removedCopies']> {
  const left = await leftOver(sources, state)
  return { files: left.length, bytes: left.reduce((sum, id) => sum + (state.sizes.get(id) ?? 0), 0) }
}

/** Whoever has removed one of them cannot take that back afterwards; the log says so before the first one goes. */
export async function emptyCopies({ sources, change }: Changeable): Promise<void> {
  let emptied: readonly string[] = []
  await change(async (state) => {
    emptied = await leftOver(sources, state)
    return emptied.length === 0 ? null : { kind: 'empty', files: [...emptied] }
  })
  for (const id of emptied) await sources.remove(id)
}

interface Held {
  readonly sources: SourceFiles
  readonly state: LogState
}

interface Changeable {
  readonly sources: SourceFiles
  readonly change: (decide: (state: LogState) => Promise<Change | null>) => Promise<void>
}

/** Only those that the log knows: their numbers are never given again, so nobody else means them. */
async function leftOver(sources: SourceFiles, { files, sizes }: LogState): Promise<string[]> {
  const used = new Set(files.flatMap((file) => (file.kind === 'source' ? [file.source.id] : [])))
  const there = await sources.list()
  return there.filter((id) => sizes.has(id) && !used.has(id))
}
