// The program in the process that speaks with the hub: the only one of Neiro that opens a connection to elsewhere, and
// only for what it is told to look up or to fetch. Whoever asks is main/fetcher/fetcher.ts.
import { NeiroError } from '../contract/errors'
import { connectParent } from '../processes/parent-port'
import { chooseFiles } from '../services/models/hub/choose-files'
import { fetchModel, usualPace } from '../services/models/hub/fetch-model'
import { HubClient } from '../services/models/hub/hub-client'
import type { Reaching } from '../services/models/hub/hub-port'
import { listModel } from '../services/models/hub/listing'
import { patiently } from '../services/models/hub/patience'
import type { FromFetcher, ToFetcher } from './protocol'

/** no byte for so long is a cut */
const silenceMs = Number(process.env['NEIRO_HUB_SILENCE_MS'] ?? '') || 30_000
/** progress is told so often at most */
const tellMs = 200

const parent = connectParent<ToFetcher, FromFetcher>()
process.stdout.on('error', () => undefined)
process.stderr.on('error', () => undefined)
process.on('SIGINT', () => undefined)
process.on('SIGHUP', () => undefined)

const jobs = new Map<number, AbortController>()

parent.onMessage((message) => {
  if (message.kind === 'stop') jobs.get(message.id)?.abort(new NeiroError('CANCELLED'))
  else void answer(message)
})
// what was fetched is counted on the disk before this process goes; a utility process is told by SIGTERM
parent.onClose(() => void leave())
process.on('SIGTERM', () => void leave())

async function leave(): Promise<void> {
  for (const job of jobs.values()) job.abort(new NeiroError('CANCELLED'))
  while (jobs.size > 0) await new Promise((resume) => setTimeout(resume, 10))
  process.exit(0)
}

async function answer(message: Exclude<ToFetcher, { kind: 'stop' }>): Promise<void> {
  const { id } = message
  const job = new AbortController()
  jobs.set(id, job)
  const { signal } = job
  let hub: HubClient | null = null
  try {
    hub = connect(message.reaching)
    if (message.kind === 'look') await look(hub, message, signal)
    else await fetch(hub, message, signal)
  } catch (error) {
    if (signal.aborted) parent.send({ kind: 'stopped', id })
    else {
      if (!(error instanceof NeiroError))
        console.error(`fetcher: ${(error as Error)?.stack ?? String(error)}`)
      parent.send({ kind: 'failed', id, error: NeiroError.of(error).toData() })
    }
  } finally {
    hub?.close()
    jobs.delete(id)
  }
}

const connect = (reaching: Reaching): HubClient => new HubClient({ ...reaching, env: process.env, silenceMs })

async function look(
  hub: HubClient,
  { id, model, branch, file }: Extract<ToFetcher, { kind: 'look' }>,
  signal: AbortSignal
): Promise<void> {
  const listing = await patiently(() => listModel(hub, model, branch, signal), signal)
  const { files: _, ...rest } = listing
  parent.send({ kind: 'found', id, found: { listing: rest, files: chooseFiles(listing, file) } })
}

async function fetch(
  hub: HubClient,
  { id, store, found }: Extract<ToFetcher, { kind: 'fetch' }>,
  signal: AbortSignal
): Promise<void> {
  let told = 0
  const folder = await fetchModel(
    hub,
    store,
    { ...found.listing, files: found.files },
    found.files,
    {
      bytes(done, total) {
        const now = performance.now()
        if (now - told < tellMs && done < total) return
        told = now
        parent.send({ kind: 'bytes', id, done, total })
      },
      waiting: (wait) =>
        parent.send({ kind: 'waiting', id, wait: wait && { error: wait.error.toData(), ms: wait.ms } }),
      checking: () => parent.send({ kind: 'checking', id })
    },
    signal,
    { ...usualPace, ...paceOfTests() }
  )
  parent.send({ kind: 'done', id, folder })
}

/** Tests have no minutes to wait for a hub that misbehaves on purpose. */
function paceOfTests(): { readonly firstWaitMs?: number; readonly rangeBytes?: number } {
  const [firstWaitMs, rangeBytes] = (process.env['NEIRO_HUB_PACE'] ?? '').split(',').map(Number)
  return { ...(firstWaitMs && { firstWaitMs }), ...(rangeBytes && { rangeBytes }) }
}
