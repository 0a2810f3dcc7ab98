// Takes files and folders into a project: copies them, reads the copies, and only then writes one line to the
// log. Stopped or failed at any moment before that, the set is what it was.
import { basename, join } from 'node:path'
import { remove } from '../../../files/moving'
import { NeiroError } from '../../../contract/errors'
import type { RefusedRow } from '../../../contract/records'
import { dataFiles } from '../../reading/data-files'
import { extensionOf, knownExtensions } from '../../reading/formats'
import { readFile } from '../read/read-file'
import type { Problem, Source } from '../log/data-log'
import type { LogState } from '../log/log-state'
import type { ProjectData, Watch } from './project-data'
import { readSource, type ReadSource } from '../read/read-source'
import type { Copy } from './source-files'

/** More files than anybody drops on purpose. */
const mostFiles = 2000

export type Wanted =
  | { readonly kind: 'file'; readonly path: string; readonly name: string; readonly sample?: true }
  /** a path that leads nowhere */
  | { readonly kind: 'problem'; readonly name: string; readonly error: NeiroError }

type Taken =
  | { readonly kind: 'copy'; readonly copy: Copy; readonly source: Source; readonly read: ReadSource }
  | { readonly kind: 'problem'; readonly problem: Problem }

/** What paths mean: files as they are, folders with all that is in them. One bad path leaves the others be. */
export async function filesOf(
  paths: readonly string[]
): Promise<{ wanted: readonly Wanted[]; leftOut: readonly RefusedRow[] }> {
  const wanted: Wanted[] = []
  const leftOut: RefusedRow[] = []
  for (const path of paths) {
    try {
      const { files, refused } = await dataFiles([path])
      for (const { path, name } of files) wanted.push({ kind: 'file', path, name })
      for (const row of refused) leftOut.push(row)
    } catch (error) {
      if (!(error instanceof NeiroError)) throw error
      wanted.push({ kind: 'problem', name: basename(path), error })
    }
    if (wanted.length > mostFiles) throw tooManyFiles()
  }
  return { wanted, leftOut }
}

export async function addFiles(
  data: ProjectData,
  { wanted, leftOut }: Awaited<ReturnType<typeof filesOf>>,
  watch: Watch
): Promise<void> {
  const state = await data.state()
  const waiting = await data.sources.begin()
  try {
    const taken: Taken[] = []
    for (const [i, file] of wanted.entries()) {
      const number = state.highestId + 1 + i
      watch.file(file.name)
      taken.push(await take(data, file, number, { into: join(waiting, String(number)), watch, state, taken }))
    }
    for (const one of taken) if (one.kind === 'copy') await data.sources.settle(one.copy, one.source.id)
    await data.change({
      kind: 'add',
      sources: taken.flatMap((one) => (one.kind === 'copy' ? [one.source] : [])),
      problems: taken.flatMap((one) => (one.kind === 'problem' ? [one.problem] : [])),
      leftOut: leftOut.map((row) => ({ ...row, details: { ...row.details } }))
    })
    for (const one of taken) if (one.kind === 'copy') data.remember(one.source, {}, one.read)
  } finally {
    await remove(waiting)
  }
}

interface Around {
  readonly into: string
  readonly watch: Watch
  readonly state: LogState
  readonly taken: readonly Taken[]
}

async function take(
  data: ProjectData,
  file: Wanted,
  number: number,
  { into, watch, state, taken }: Around
): Promise<Taken> {
  const problem = (error: NeiroError): Taken => ({
    kind: 'problem',
    problem: { id: `p${number}`, name: file.name, error: withCopiedDetails(error) }
  })
  if (file.kind === 'problem') return problem(file.error)
  try {
    const other = await unreadable(file.path)
    if (other) return problem(other)
    const copy = await data.sources.copy(file.path, file.name, into, () => watch.rows(0))
    if (isThere(copy.sha256, state, taken)) return problem(alreadyThere(file.name))
    const source: Source = {
      id: `s${number}`,
      name: file.name,
      size: copy.size,
      sha256: copy.sha256,
      ...(file.sample && { sample: true })
    }
    const read = await readSource(source, copy.path, {}, (rows) => watch.rows(rows))
    return { kind: 'copy', copy, source, read }
  } catch (error) {
    // a full disk is no fault of this file: it would be the same for the next one
    if (!(error instanceof NeiroError) || ['DISK_FULL', 'READ_ONLY'].includes(error.code)) throw error
    return problem(error)
  }
}

/** Why a file of a kind that is never read need not be copied. */
async function unreadable(path: string): Promise<NeiroError | null> {
  const extension = extensionOf(path)
  if (knownExtensions.includes(extension)) return null
  const { error } = await readFile({ path, name: basename(path) })
  return error
}

function isThere(sha256: string, state: LogState, taken: readonly Taken[]): boolean {
  return (
    state.files.some((file) => file.kind === 'source' && file.source.sha256 === sha256) ||
    taken.some((one) => one.kind === 'copy' && one.source.sha256 === sha256)
  )
}

function withCopiedDetails(error: NeiroError): Problem['error'] {
  const { code, details } = error.toData()
  return { code, details: { ...details } }
}

function alreadyThere(name: string): NeiroError {
  const file = basename(name)
  return new NeiroError('ALREADY_ADDED', { file })
}

function tooManyFiles(): NeiroError {
  return new NeiroError('TOO_MANY_FILES', { most: String(mostFiles) })
}
