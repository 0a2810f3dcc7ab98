// One round of the proof of downloads: a model of random bytes is fetched from a hub that misbehaves at random, broken off
// and gone on with at random moments, until it is there. What then lies in the store is looked at byte by byte.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { NeiroError } from '../../main/contract/errors'
import { chooseFiles } from '../../main/services/models/hub/choose-files'
import { blobPlace } from '../../main/services/models/hub/cache-layout'
import { fetchModel, type Pace } from '../../main/services/models/hub/fetch-model'
import { HubClient } from '../../main/services/models/hub/hub-client'
import { listModel } from '../../main/services/models/hub/listing'
import { Passing } from '../../main/services/models/hub/trouble'
import { startHub, type HubFault, type ServedModel } from './hub-server'
import { storeFaults, type StoreFault } from './store-faults'

export const hubFaults: readonly HubFault[] = [
  'busy',
  'busy-until',
  'busy-limit',
  'trouble',
  'cut',
  'portal',
  'loop',
  'elsewhere',
  'script',
  'other-size',
  'other-mark',
  'next-elsewhere'
]

export const quickPace: Pace = {
  connections: 3,
  rangeBytes: 20_000,
  firstWaitMs: 1,
  longestWaitMs: 4,
  patience: 6
}

export interface RoundResult {
  readonly faults: number
  /** times that it was broken off or gave up, and was gone on with */
  readonly times: number
  readonly kinds: ReadonlySet<string>
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function dice(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

export const token = 'hf_secret_of_the_user'

export function randomModel(random: () => number): ServedModel {
  const bytes = (size: number): Buffer =>
    Buffer.from(Array.from({ length: size }, () => Math.floor(random() * 256)))
  return {
    id: 'maker/model',
    gated: random() < 0.5,
    files: {
      'README.md': Buffer.from('# a model'),
      'config.json': Buffer.from('{"model_type":"llama"}'),
      'tokenizer.json': bytes(5000 + Math.floor(random() * 3000)),
      'model.safetensors': bytes(60_000 + Math.floor(random() * 60_000)),
      'pytorch_model.bin': bytes(2000),
      'onnx/model.onnx': bytes(2000)
    }
  }
}

/** Throws where a file is wrong, a checked one was asked for again, or the token was seen elsewhere. */
export async function runRound(seed: number, rate = 0.35): Promise<RoundResult> {
  const random = dice(seed)
  const model = randomModel(random)
  const store = mkdtempSync(join(tmpdir(), 'neiro-hub-'))
  const kinds = new Set<string>()
  let faults = 0
  const hub = await startHub({
    models: [model],
    token,
    fault({ at, path }) {
      // whoever has misbehaved for long enough behaves at last
      if (faults > 60 || random() > rate) return null
      const all: readonly string[] =
        at === 'hub' && !['README.md', 'config.json'].includes(path) ? hubFaults : storeFaults
      const fault = all[Math.floor(random() * all.length)] as HubFault | StoreFault
      faults++
      kinds.add(fault)
      return fault
    }
  })
  try {
    let times = 0
    for (;;) {
      const client = new HubClient({
        address: hub.address,
        token,
        proxy: '',
        certificates: '',
        env: {},
        silenceMs: 60
      })
      const stop = new AbortController()
      const timer = random() < 0.4 ? setTimeout(() => stop.abort(), 2 + random() * 60) : null
      const already = finished(store, model)
      hub.forget()
      try {
        const listing = await listModel(client, model.id, 'main', stop.signal)
        const files = chooseFiles(listing)
        const folder = await fetchModel(client, store, listing, files, quiet, stop.signal, quickPace)
        check(
          folder,
          store,
          model,
          files.map(({ path }) => path)
        )
        return { faults, times, kinds }
      } catch (error) {
        const foreseen = error instanceof NeiroError || error instanceof Passing || stop.signal.aborted
        if (!foreseen) throw error
        if (++times > 400) throw new Error(`seed ${seed}: it never comes to an end`, { cause: error })
      } finally {
        if (timer) clearTimeout(timer)
        client.close()
        const elsewhere = hub.asked.filter(({ at, token: seen }) => at !== 'hub' && seen !== null)
        if (elsewhere.length > 0) throw new Error(`seed ${seed}: the token was sent to ${elsewhere[0]?.at}`)
        const again = hub.asked.filter(
          ({ what, path }) => what !== 'info' && what !== 'tree' && already.includes(path)
        )
        if (again.length > 0)
          throw new Error(`seed ${seed}: ${again[0]?.path} was checked and asked for again`)
      }
    }
  } finally {
    await hub.stop()
    rmSync(store, { recursive: true, force: true })
  }
}

const quiet = { bytes: () => undefined, waiting: () => undefined, checking: () => undefined }

/** Files that lie in their place: whatever happens, nothing else may ever lie there. */
function finished(store: string, model: ServedModel): readonly string[] {
  const blobs = join(store, `models--${model.id.replace('/', '--')}`, 'blobs')
  if (!existsSync(blobs)) return []
  const contents = readdirSync(blobs)
    .filter((name) => !name.includes('.neiro-part'))
    .map((name) => readFileSync(join(blobs, name)))
  return contents.map((bytes) => {
    const [path] = Object.entries(model.files).find(([, right]) => right.equals(bytes)) ?? []
    if (path === undefined) throw new Error('a wrong file lies in its place')
    return path
  })
}

function check(folder: string, store: string, model: ServedModel, paths: readonly string[]): void {
  const wanted = ['README.md', 'config.json', 'model.safetensors', 'tokenizer.json']
  if ([...paths].sort().join() !== wanted.join()) throw new Error(`other files: ${paths.join()}`)
  for (const path of wanted)
    if (!readFileSync(join(folder, path)).equals(model.files[path] ?? Buffer.alloc(0)))
      throw new Error(`${path} is another`)
  if (readdirSync(join(blobPlace(store, model.id, { oid: '' }))).some((name) => name.includes('.neiro-part')))
    throw new Error('something half fetched was left')
}
