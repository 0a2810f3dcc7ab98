// The bytes of one range, or of a whole file, from the hub into a part file: checked against what was asked for at every
// turn. What fails is told; trying again is fetch-model.ts's.
import type { IncomingMessage } from 'node:http'
import { createGunzip } from 'node:zlib'
import { NeiroError } from '../../../contract/errors'
import type { Extent } from '../../../files/extents'
import type { PartFile } from '../../../files/part-file'
import type { HubClient } from './hub-client'
import type { HubFile, HubListing } from './listing'
import { Passing, troubleOf } from './trouble'

export interface Wanted {
  readonly file: HubFile
  readonly part: PartFile
  /** what the store behind the hub calls this content; another name is another content */
  mark: string | null
  /** the store answers with the whole file, whatever is asked */
  noRanges: boolean
}

/** Writes what comes of [from, to); rejects with Passing where another try may do. */
export async function fetchExtent(
  hub: HubClient,
  { model, revision }: Pick<HubListing, 'model' | 'revision'>,
  wanted: Wanted,
  [from, to]: Extent,
  signal: AbortSignal,
  onBytes: (count: number) => void
): Promise<void> {
  const { file, part } = wanted
  const url = hub.fileUrl(model, revision, file.path)
  const whole = wanted.noRanges || (from === 0 && to === file.size)
  const answer = await hub.get(url, model, signal, whole ? {} : { Range: `bytes=${from}-${to - 1}` })
  const { status, headers, said, body } = answer
  try {
    checkSaid(file, said, hub.host)
    const mark = strip(headers['etag'])
    if (wanted.mark !== null && mark !== null && mark !== wanted.mark) {
      await part.discard()
      wanted.mark = null
      throw new Passing(new NeiroError('FETCH_CHANGED', { file: file.path }))
    }
    wanted.mark ??= mark
    if (status === 206) {
      checkRange(headers['content-range'], [from, to], file)
      if (coded(headers['content-encoding'])) throw odd(hub.host, status)
      await take(body, part, [from, to], signal, onBytes)
    } else {
      // a store that knows no ranges: one request takes what is missing, and the others ask no more
      if (!whole) wanted.noRanges = true
      await takeWhole(unpacked(body, headers['content-encoding'], hub.host), part, signal, onBytes)
    }
  } catch (error) {
    throw signal.aborted ? error : troubleOf(error, new URL(url), null)
  } finally {
    body.destroy()
  }
}

/** What the hub itself says of the file is what its list said. */
function checkSaid(file: HubFile, said: HubAnswerHeaders, host: string): void {
  const mark = strip(said['x-linked-etag'])
  const size = said['x-linked-size']
  const other = (mark !== null && mark !== file.oid) || (size !== undefined && Number(size) !== file.size)
  if (other) throw new Passing(new NeiroError('FETCH_CHANGED', { file: file.path }))
  // a hotel's page, a proxy's page, a mirror that is none
  if (/^text\/html/i.test(String(said['content-type'] ?? '')) && said['x-repo-commit'] === undefined)
    throw new NeiroError('HUB_NOT_A_HUB', { host })
}

type HubAnswerHeaders = IncomingMessage['headers']

function checkRange(said: string | undefined, [from, to]: Extent, file: HubFile): void {
  const [, first, last, total] = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(said ?? '') ?? []
  const fits = Number(first) === from && Number(last) < to && Number(last) >= from
  const whole = total === '*' || Number(total) === file.size
  if (!fits || !whole) throw new Passing(new NeiroError('FETCH_CHANGED', { file: file.path }))
}

/** Exactly so many bytes: more are a lie, fewer a cut. */
async function take(
  body: AsyncIterable<Buffer>,
  part: PartFile,
  [from, to]: Extent,
  signal: AbortSignal,
  onBytes: (count: number) => void
): Promise<void> {
  let at = from
  for await (const piece of body) {
    signal.throwIfAborted()
    const fitting = piece.subarray(0, to - at)
    await part.write(at, fitting)
    at += fitting.length
    onBytes(fitting.length)
    if (fitting.length < piece.length) break
  }
  if (at < to) throw new Error('cut')
}

/** From the first byte; what is there already is read past. */
async function takeWhole(
  body: AsyncIterable<Buffer>,
  part: PartFile,
  signal: AbortSignal,
  onBytes: (count: number) => void
): Promise<void> {
  const { size, path } = part.file as HubFile
  let at = 0
  for await (const piece of body) {
    signal.throwIfAborted()
    for (const [from, to] of part.left) {
      const first = Math.max(from, at)
      const last = Math.min(to, at + piece.length)
      if (first >= last) continue
      await part.write(first, piece.subarray(first - at, last - at))
      onBytes(last - first)
    }
    at += piece.length
    if (at > size) {
      await part.discard()
      throw new Passing(new NeiroError('FETCH_CHANGED', { file: path }))
    }
  }
  if (at < size) throw new Error('cut')
}

const coded = (encoding: string | undefined): boolean =>
  encoding !== undefined && encoding !== '' && encoding !== 'identity'

function unpacked(body: IncomingMessage, encoding: string | undefined, host: string): AsyncIterable<Buffer> {
  if (!coded(encoding)) return body
  if (encoding !== 'gzip' && encoding !== 'x-gzip') throw odd(host, 200)
  const unpacking = createGunzip()
  body.on('error', (error) => unpacking.destroy(error))
  body.on('close', () => {
    if (!body.complete) unpacking.destroy(new Error('cut'))
  })
  return body.pipe(unpacking)
}

const odd = (host: string, status: number): NeiroError =>
  new NeiroError('HUB_ODD_ANSWER', { host, status: String(status) })

/** W/"mark" without its dress. */
function strip(mark: string | string[] | undefined): string | null {
  if (mark === undefined) return null
  return String(mark).replace(/^W\//, '').replace(/^"|"$/g, '')
}
