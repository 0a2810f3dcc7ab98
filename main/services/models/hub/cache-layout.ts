// Where a fetched model lies: as the Hugging Face cache lays it out, so that Python's tools find the same files. A blob is
// named by its mark, a snapshot links to blobs by the files' names, a ref says which snapshot a branch is.
import { copyFile, link, lstat, mkdir, readdir, readFile, stat, symlink } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import { remove } from '../../../files/moving'
import { writeFileWhole } from '../../../files/whole-file'
import type { HubFile, HubListing } from './listing'

export const modelFolder = (store: string, model: string): string =>
  join(store, `models--${model.replace('/', '--')}`)

export const blobPlace = (store: string, model: string, { oid }: Pick<HubFile, 'oid'>): string =>
  join(modelFolder(store, model), 'blobs', oid)

export const snapshotFolder = (store: string, model: string, revision: string): string =>
  join(modelFolder(store, model), 'snapshots', revision)

/** The blobs are there: now they have their names, and the branch its commit. Answers the snapshot's folder. */
export async function linkSnapshot(
  store: string,
  { model, revision, branch }: Pick<HubListing, 'model' | 'revision' | 'branch'>,
  files: readonly HubFile[]
): Promise<string> {
  const snapshot = snapshotFolder(store, model, revision)
  for (const file of files) {
    const place = join(snapshot, ...file.path.split('/'))
    await mkdir(dirname(place), { recursive: true })
    await linkTo(blobPlace(store, model, file), place)
  }
  if (branch !== revision) await writeFileWhole(join(modelFolder(store, model), 'refs', branch), revision)
  return snapshot
}

/** Where the system allows no links between names, the name is the file's second; where not even that, a copy. */
async function linkTo(blob: string, place: string): Promise<void> {
  if (await lstat(place).catch(() => null)) await remove(place)
  try {
    await symlink(relative(dirname(place), blob), place)
  } catch {
    await link(blob, place).catch(() => copyFile(blob, place))
  }
}

export interface StoredModel {
  readonly model: string
  /** of its snapshots, the newest first */
  readonly snapshots: readonly string[]
  readonly bytes: number
}

/** What lies in a store, finished or not. */
export async function storedModels(store: string): Promise<readonly StoredModel[]> {
  const names = (await readdir(store).catch(() => [])).filter((name) => name.startsWith('models--'))
  return Promise.all(
    names.map(async (name) => {
      const folder = join(store, name)
      const main = await readFile(join(folder, 'refs', 'main'), 'utf8').catch(() => '')
      const revisions = await readdir(join(folder, 'snapshots')).catch(() => [])
      const sorted = [...revisions].sort((a, b) => Number(b === main.trim()) - Number(a === main.trim()))
      return {
        model: name.slice('models--'.length).replace('--', '/'),
        snapshots: sorted.map((revision) => join(folder, 'snapshots', revision)),
        bytes: await bytesIn(folder)
      }
    })
  )
}

/** Of all files below; links and second names count once. */
async function bytesIn(folder: string): Promise<number> {
  const seen = new Set<string>()
  const walk = async (dir: string): Promise<number> => {
    let sum = 0
    for (const entry of await readdir(dir, { withFileTypes: true }).catch(() => [])) {
      const path = join(dir, entry.name)
      if (entry.isDirectory()) sum += await walk(path)
      if (!entry.isFile()) continue
      const info = await stat(path).catch(() => null)
      const mark = `${info?.dev}:${info?.ino}`
      if (info && !(info.nlink > 1 && seen.has(mark))) sum += info.size
      seen.add(mark)
    }
    return sum
  }
  return walk(folder)
}

/** The model whose snapshot a folder is; null where it is none of this store. */
export function modelOfSnapshot(store: string, dir: string): string | null {
  const way = relative(store, dir).split(sep)
  const [folder = '', word] = way
  return way.length === 3 && word === 'snapshots' && folder.startsWith('models--')
    ? folder.slice('models--'.length).replace('--', '/')
    : null
}
