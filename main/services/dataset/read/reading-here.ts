// Reads strangers' files in the very process that asks: for tests and programs in which nothing else waits. The app's
// own doors hand over the workshop's reader instead (a test holds them to it).
import { sourceRows } from '../view/source-rows'
import type { FileReader } from './file-reader'
import { MemoryRoom } from './memory-room'
import { readInto } from './read-into'
import { readSource } from './read-source'
import { tableRows } from './table-rows'

export const readingHere: FileReader = {
  readSource: async (source, path, overrides, { beat, most } = {}) => {
    const read = await readSource(source, path, overrides, beat)
    new MemoryRoom(source.name, most).take(read)
    return read
  },
  readInto: (source, path, overrides, into, following) =>
    readInto(source, path, overrides, into, following?.beat),
  sourceRows,
  tableRows: (file, overrides, take, following) =>
    tableRows(file, overrides, following?.beat, take ?? undefined),
  mark: async () => 'here'
}
