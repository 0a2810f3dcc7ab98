// What was dropped on the window: files, and folders with what lies in them. The entries of a drop are gone when
// its event is over, so they are taken at once and walked later.
import { NeiroError } from '../../main/contract/errors'
import { dataExtensions, mostDroppedFiles } from '../../main/contract/uploads'

const notReadable = 'DROP_NOT_READABLE'

export interface InFolder {
  /** from the dropped folder on: "返信/2026/faq.csv" */
  readonly path: string
  readonly file: File
}

export interface Dropped {
  /** a folder stands here too, as the browser gives it: a name without contents */
  readonly files: readonly File[]
  /** what lies in a dropped folder and can be learnt from; null for a file. Throws what is wrong with all of it */
  inside(file: File): Promise<Found | null>
}

export interface Found {
  readonly files: readonly InFolder[]
  /** files of other kinds */
  readonly leftOut: number
  /** files and folders in it that cannot be read */
  readonly failed: readonly NeiroError[]
}

/** Only while the event is being handled. */
export function droppedOf(transfer: DataTransfer | null): Dropped {
  const folders = new Map<File, FileSystemDirectoryEntry>()
  const files: File[] = []
  for (const item of transfer?.items ?? []) {
    if (item.kind !== 'file') continue
    const entry = item.webkitGetAsEntry()
    const file = item.getAsFile() ?? (entry ? new File([], entry.name) : null)
    if (!file) continue
    files.push(file)
    if (entry?.isDirectory) folders.set(file, entry as FileSystemDirectoryEntry)
  }
  return {
    files,
    async inside(file) {
      const folder = folders.get(file)
      return folder ? walk(folder) : null
    }
  }
}

/** The data files of a folder and of those in it. What the system hides, and what Office leaves while a file is open,
 *  is nobody's data and not counted as left out. */
export async function walk(folder: FileSystemDirectoryEntry): Promise<Found> {
  const files: InFolder[] = []
  const failed: NeiroError[] = []
  let leftOut = 0
  async function into(dir: FileSystemDirectoryEntry, way: string): Promise<void> {
    for (const entry of await entriesOf(dir)) {
      if (/^(\.|~\$)/.test(entry.name)) continue
      const path = `${way}/${entry.name}`
      try {
        if (entry.isDirectory) await into(entry as FileSystemDirectoryEntry, path)
        else if (!isData(entry.name)) leftOut++
        else if (files.length >= mostDroppedFiles) throw tooMany()
        else files.push({ path, file: await fileOf(entry as FileSystemFileEntry) })
      } catch (error) {
        if (!(error instanceof NeiroError) || error.code !== notReadable) throw error
        failed.push(error)
      }
    }
  }
  await into(folder, folder.name)
  if (files.length + failed.length === 0) throw nothingIn(folder.name)
  return { files, leftOut, failed }
}

const isData = (name: string): boolean =>
  dataExtensions.includes(/\.[^.]+$/.exec(name)?.[0].toLowerCase() ?? '')

/** In the order of their names: the same folder gives the same set. */
async function entriesOf(dir: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = dir.createReader()
  const all: FileSystemEntry[] = []
  // a reader gives a hundred at a time, and none at the end
  for (;;) {
    const some = await new Promise<readonly FileSystemEntry[]>((read, failed) =>
      reader.readEntries(read, failed)
    ).catch(() => {
      throw unreadable(dir.name)
    })
    if (some.length === 0) break
    all.push(...some)
  }
  return all.sort((a, b) => (a.name < b.name ? -1 : 1))
}

const fileOf = (entry: FileSystemFileEntry): Promise<File> =>
  new Promise<File>((read, failed) => entry.file(read, failed)).catch(() => {
    throw unreadable(entry.name)
  })

const unreadable = (file: string): NeiroError => new NeiroError(notReadable, { file })

const nothingIn = (folder: string): NeiroError => new NeiroError('NOTHING_IN_FOLDER', { folder })

const tooMany = (): NeiroError => new NeiroError('TOO_MANY_FILES', { most: String(mostDroppedFiles) })
