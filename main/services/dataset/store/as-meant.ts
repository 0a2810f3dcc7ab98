// New files of a project whose goal has a shape of its own: one that could also be read as something else (question, answer
// and category; a manual with headings) is read as the goal means it. It stands in the log as the user's own choice would,
// and is taken back like it.
import type { DataOverrides, DataShape } from '../../../contract/records'
import { knownColumn } from '../../reading/recognise/column-names'
import type { ReadHead } from '../kept/kept-head'
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
    const meant = head.recognised.shape === shape ? null : meantOf(head, shape)
    if (!meant) continue
    const overrides = { ...file.overrides, ...meant }
    const again = await data.readFile(file.source, overrides, watch)
    if (again.head.error) continue
    await data.change(() => ({ kind: 'overrides', file: file.source.id, overrides, meant: true }))
  }
}

type Read = Pick<ReadHead, 'columns' | 'recognised'>

/** Null where it cannot be meant so: turns of speakers and answers that are judged are no text. */
function meantOf({ columns, recognised }: Read, shape: DataShape): DataOverrides | null {
  if (shape !== 'text') return columns.some(({ name }) => knownColumn(name) === 'label') ? { shape } : null
  if (documents.includes(recognised.format)) return { shape }
  if (!written.includes(recognised.shape)) return null
  // what would be asked and answered, in the order in which it stands
  const played = new Set(Object.keys(recognised.mapping))
  const [first, ...more] = columns.map(({ name }) => name).filter((name) => played.has(name))
  if (first === undefined) return null
  return { shape, mapping: { text: first }, ...(more.length > 0 && { joined: { text: more } }) }
}

/** read from their beginning to their end, whatever could be found in them */
const documents: readonly string[] = ['txt', 'md', 'docx', 'odt', 'html', 'mail']
const written: readonly DataShape[] = ['question-answer', 'instruction', 'prompt-completion']
