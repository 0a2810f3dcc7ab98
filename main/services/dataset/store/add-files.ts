// Takes files and folders into a project: copies them, reads the copies, and only then writes one line to the
// log. Stopped or failed at any moment before that, the set is what it was.
import { basename, join } from 'node:path'
import { NeiroError } from '../../../contract/errors'
import { remove } from '../../../files/moving'
import { openOrdinary } from '../../../files/ordinary-file'
import { extensionOf, knownExtensions } from '../../reading/formats'
import type { Problem, Source } from '../log/data-log'
import type { LogState } from '../log/log-state'
import { isNoFault, type ProjectData, type Watch } from './project-data'
import type { Chosen, ChosenFile } from '../read/chosen-files'
import type { KeptRead } from './kept-folders'
import type { Copy } from './source-files'

/** A file that was copied and read, and has no number yet. */
type Looked =
  | {
      readonly kind: 'copy'
      readonly copy: Copy
      readonly found: Omit<Source, 'id'>
      readonly read: KeptRead
    }
  | { readonly kind: 'problem'; readonly name: string; readonly error: NeiroError }

type Added =
  | { readonly kind: 'source'; readonly copy: Copy; readonly source: Source; readonly read: KeptRead }
  | { readonly kind: 'problem'; readonly problem: Problem }

export async function addFiles(data: ProjectData, { files, leftOut }: Chosen, watch: Watch): Promise<void> {
  const waiting = await data.sources.begin()
  try {
    const looked: Looked[] = []
    const known = hashesOf(await data.state())
    for (const [i, file] of files.entries()) {
      watch.file(file.name)
      looked.push(await look(data, file, join(waiting.dir, String(i)), { known, watch }))
    }
    await data.change(async (state) => {
      // the sample is the first file of a project, or none: another process may have begun with it too
      if (files.some((file) => file.kind === 'file' && file.sample) && state.highestId > 0) return null
      // another process may have added files meanwhile: numbers, and what is there already, are decided only now
      const added = numbered(withoutTwins(looked, hashesOf(state)), state.highestId + 1)
      for (const one of added) if (one.kind === 'source') await data.sources.settle(one.copy, one.source.id)
      for (const one of added) if (one.kind === 'source') data.remember(one.source, {}, one.read)
      return {
        kind: 'add',
        sources: added.flatMap((one) => (one.kind === 'source' ? [one.source] : [])),
        problems: added.flatMap((one) => (one.kind === 'problem' ? [one.problem] : [])),
        leftOut: leftOut.map((row) => ({ ...row, details: { ...row.details } }))
      }
    })
  } finally {
    await waiting.end()
  }
}

/** known: what the bytes of files are that are there already, or were looked at before */
async function look(
  data: ProjectData,
  file: ChosenFile,
  into: string,
  { known, watch }: { readonly known: Set<string>; readonly watch: Watch }
): Promise<Looked> {
  const problem = (error: NeiroError): Looked => ({ kind: 'problem', name: file.name, error })
  if (file.kind === 'problem') return problem(file.error)
  try {
    // of a kind that is never read: no need to copy it
    if (!knownExtensions.includes(extensionOf(file.path))) {
      const { error } = await data.reader.readSource({ id: '', name: file.name }, file.path, {})
      if (error) return problem(error)
    }
    // a book with a password leaves no copy, not for a moment
    if (await isOlderOffice(file.path)) {
      const { error } = await data.reader.readSource({ id: '', name: file.name }, file.path, {})
      if (error && isForGood(error)) return problem(error)
    }
    const copy = await data.sources.copy(file.path, file.name, into, () => watch.rows(0))
    const found = {
      name: file.name,
      size: copy.size,
      sha256: copy.sha256,
      ...(file.sample && { sample: file.sample })
    }
    if (known.has(copy.sha256)) return problem(alreadyThere(file.name))
    const rows = (count: number): void => watch.rows(count)
    const read = await data.readNew(found, copy.path, { rows, signal: watch.signal })
    if (read.head.error && isForGood(read.head.error)) {
      await remove(copy.dir)
      await data.forgetNew(read)
      return problem(read.head.error)
    }
    known.add(copy.sha256)
    return { kind: 'copy', copy, found, read }
  } catch (error) {
    // a full disk is no fault of this file: it would be the same for the next one
    if (!(error instanceof NeiroError) || isNoFault(error)) throw error
    return problem(error)
  }
}

/** No other way of reading it would help: there is no use for a copy. */
const isForGood = ({ code }: NeiroError): boolean =>
  ['PASSWORD_PROTECTED', 'OLD_OFFICE_FILE', 'FOREIGN_FILE'].includes(code)

/** The container of Excel's and Word's files before 2007, which also holds those with a password. */
const olderOffice = 'd0cf11e0a1b11ae1'

async function isOlderOffice(path: string): Promise<boolean> {
  const handle = await openOrdinary(path).catch((error: unknown) => {
    if (error instanceof NeiroError) throw error
    // what the system says of it is said where it is copied
    return null
  })
  if (!handle) return false
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(8), 0, 8, 0)
    return buffer.toString('hex', 0, bytesRead) === olderOffice
  } finally {
    await handle.close()
  }
}

function withoutTwins(looked: readonly Looked[], there: ReadonlySet<string>): readonly Looked[] {
  return looked.map((one) => {
    const isTwin = one.kind === 'copy' && there.has(one.found.sha256)
    return isTwin ? { kind: 'problem', name: one.found.name, error: alreadyThere(one.found.name) } : one
  })
}

/** Each with the number that its place in the list gives it. */
function numbered(looked: readonly Looked[], first: number): readonly Added[] {
  return looked.map((one, i) => {
    if (one.kind === 'problem') {
      const { name, error } = one
      return { kind: 'problem', problem: { id: `p${first + i}`, name, error: error.toData() } }
    }
    const source = { id: `s${first + i}`, ...one.found }
    return {
      kind: 'source',
      copy: one.copy,
      source,
      read: { ...one.read, head: { ...one.read.head, id: source.id } }
    }
  })
}

function hashesOf({ files }: LogState): Set<string> {
  return new Set(files.flatMap((file) => (file.kind === 'source' ? [file.source.sha256] : [])))
}

function alreadyThere(name: string): NeiroError {
  const file = basename(name)
  return new NeiroError('ALREADY_ADDED', { file })
}
