// Handing over files to the process that served the page: one request a file, one after the other, with its
// progress in bytes. What a folder holds goes with the way to it, so that the folder is whole again over there.
import type { DropWatch, Result } from '../main/contract/channels'
import type { NeiroErrorData } from '../main/contract/errors'
import { mostUploadBytes } from '../main/contract/uploads'
import type { FileRef } from '../main/contract/window/app'

interface Waiting {
  readonly file: File
  /** the way to it, from the dropped folder on */
  readonly path: string
  /** files of one folder share theirs */
  readonly batch: string
}

/** What is the same for the next file: going on would only repeat the sentence. */
const forAll: readonly string[] = ['CONNECTION_LOST', 'DISK_FULL', 'READ_ONLY']

export async function upload(
  dropped: readonly File[],
  watch: DropWatch | undefined,
  lost: NeiroErrorData
): Promise<Result<readonly FileRef[]>> {
  const stopping = new AbortController()
  watch?.begun(() => stopping.abort())
  const all = await waiting(dropped, watch)
  const total = all.reduce((sum, { file }) => sum + file.size, 0)
  const refs = new Map<string, FileRef>()
  let before = 0
  for (const one of all) {
    if (stopping.signal.aborted) return { ok: true, value: [] }
    const told = (sent: number): void => watch?.progress(one.path, before + sent, total)
    told(0)
    const answer = await send(one, told, stopping.signal, lost)
    if (stopping.signal.aborted) return { ok: true, value: [] }
    before += one.file.size
    if (answer.ok) refs.set(answer.value.id, answer.value)
    else if (forAll.includes(answer.error.code)) return answer
    else if (watch) watch.failed(answer.error)
    else return answer
  }
  // the files of one folder answer with the same reference: the folder's
  return { ok: true, value: [...refs.values()] }
}

async function waiting(dropped: readonly File[], watch: DropWatch | undefined): Promise<readonly Waiting[]> {
  const all: Waiting[] = []
  for (const file of dropped) {
    const batch = crypto.randomUUID()
    // a folder of which nothing can be taken has said so, and leaves the others be
    const inside = watch ? await watch.inside(file) : null
    if (inside === null) all.push({ file, path: file.name, batch })
    else for (const one of inside) all.push({ ...one, batch })
  }
  return all
}

async function send(
  { file, path, batch }: Waiting,
  told: (sent: number) => void,
  stop: AbortSignal,
  lost: NeiroErrorData
): Promise<Result<FileRef>> {
  if (file.size > mostUploadBytes) return { ok: false, error: tooLarge(path) }
  const way = path.lastIndexOf('/')
  const where = { name: path.slice(way + 1), folder: path.slice(0, Math.max(0, way)), batch }
  const answer = await post(`upload?${new URLSearchParams(where)}`, file, told, stop)
  if (answer) {
    try {
      const said = JSON.parse(answer.text) as unknown
      return answer.status === 200
        ? { ok: true, value: said as FileRef }
        : { ok: false, error: said as NeiroErrorData }
    } catch {
      // a reply that is not ours
      return { ok: false, error: lost }
    }
  }
  // the browser says the same of a lost connection and of a file that it cannot read
  return { ok: false, error: (await canRead(file)) ? lost : notReadable(path) }
}

/** null: no answer came. fetch would not tell how much has gone. */
function post(
  url: string,
  file: File,
  told: (sent: number) => void,
  stop: AbortSignal
): Promise<{ readonly status: number; readonly text: string } | null> {
  return new Promise((answer) => {
    const request = new XMLHttpRequest()
    const abort = (): void => request.abort()
    stop.addEventListener('abort', abort, { once: true })
    request.upload.addEventListener('progress', ({ loaded }) => told(Math.min(loaded, file.size)))
    request.addEventListener('load', () => answer({ status: request.status, text: request.responseText }))
    // after load, error and abort alike; the first answer stands
    request.addEventListener('loadend', () => {
      stop.removeEventListener('abort', abort)
      answer(null)
    })
    request.open('POST', url)
    request.send(file)
  })
}

async function canRead(file: File): Promise<boolean> {
  try {
    await file.slice(0, 1).arrayBuffer()
    await file.slice(Math.max(0, file.size - 1)).arrayBuffer()
    return true
  } catch {
    return false
  }
}

const notReadable = (file: string): NeiroErrorData => ({
  code: 'DROP_NOT_READABLE',
  details: { file }
})

const tooLarge = (file: string): NeiroErrorData => ({
  code: 'UPLOAD_TOO_LARGE',
  details: { file }
})
