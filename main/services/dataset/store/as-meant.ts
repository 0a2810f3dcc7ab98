// New files of a project whose goal has a shape of its own: one that could also be read as something else (question, answer
// and category) is read as the goal means it. It stands in the log as the user's own choice would, and is taken back like it.
import type { DataShape } from '../../../contract/records'
import { knownColumn } from '../../reading/recognise/column-names'
import type { ProjectData, Watch } from './project-data'

/** before: ids of files that were there already. */
export async function readAsMeant(
  data: ProjectData,
  shape: DataShape | undefined,
  before: ReadonlySet<string>,
  watch: Watch
): Promise<void> {
  if (shape === undefined) return
  for (const file of (await data.state()).files) {
    if (file.kind !== 'source' || before.has(file.source.id)) continue
    const { head } = await data.readFile(file.source, file.overrides, watch)
    const isOther =
      head.recognised.shape !== shape && head.columns.some(({ name }) => knownColumn(name) === 'label')
    if (!isOther) continue
    const overrides = { ...file.overrides, shape }
    const again = await data.readFile(file.source, overrides, watch)
    if (again.head.error) continue
    await data.change(() => ({ kind: 'overrides', file: file.source.id, overrides, meant: true }))
  }
}
