// What the hub keeps of a model: its commit, whether its door is open, and its files with their sizes and marks. The
// listing is a stranger's: every name is checked before it becomes one of ours.
import { NeiroError } from '../../../contract/errors'
import type { Announced } from '../../../files/part-file'
import type { HubClient } from './hub-client'

/** oid is the name of its blob, too. */
export interface HubFile extends Announced {
  /** in its folder, no path that leads elsewhere */
  readonly path: string
}

export interface HubListing {
  readonly model: string
  readonly revision: string
  /** branch or tag that was asked for */
  readonly branch: string
  readonly files: readonly HubFile[]
  /** as its card states it */
  readonly licence: string | null
  /** model_type */
  readonly family: string | null
}

type Json = Readonly<Record<string, unknown>>

const mostPages = 100
const mostFiles = 20_000

export async function listModel(
  hub: HubClient,
  model: string,
  branch: string,
  signal: AbortSignal
): Promise<HubListing> {
  const info = asObject(
    (await hub.json(hub.url(`api/models/${model}/revision/${encodeURIComponent(branch)}`), model, signal))
      .value,
    hub
  )
  const revision = String(info['sha'] ?? '')
  if (!/^[0-9a-f]{40}$/.test(revision)) throw new NeiroError('HUB_NOT_A_HUB', { host: hub.host })
  return {
    model,
    revision,
    branch,
    files: await listFiles(hub, model, revision, signal),
    licence: licenceIn(info),
    family: text(object(info['config'])?.['model_type'])
  }
}

async function listFiles(
  hub: HubClient,
  model: string,
  revision: string,
  signal: AbortSignal
): Promise<readonly HubFile[]> {
  const files = new Map<string, HubFile>()
  let next: string | null = hub.url(`api/models/${model}/tree/${revision}?recursive=true&expand=false`)
  for (let page = 0; next !== null; page++) {
    if (page === mostPages) throw new NeiroError('HUB_BAD_LISTING', { model })
    const { value, headers } = await hub.json(next, model, signal)
    if (!Array.isArray(value)) throw new NeiroError('HUB_NOT_A_HUB', { host: hub.host })
    for (const entry of value) {
      const file = readEntry(object(entry), model)
      if (file) files.set(file.path, file)
      if (files.size > mostFiles) throw new NeiroError('HUB_BAD_LISTING', { model })
    }
    next = nextPage(headers['link'], next, hub)
  }
  return [...files.values()]
}

/** The rest of a long list stands on the hub itself, or nowhere. */
function nextPage(link: string | string[] | undefined, from: string, hub: HubClient): string | null {
  const next = String(link ?? '')
    .split(',')
    .find((part) => /;\s?rel="?next"?/.test(part))
  const target = next?.slice(next.indexOf('<') + 1, next.indexOf('>'))
  if (target === undefined || !URL.canParse(target, from)) return null
  const url = new URL(target, from)
  if (!hub.isOwn(url)) throw new NeiroError('HUB_REDIRECTS', { host: hub.host })
  return url.href
}

function readEntry(entry: Json | null, model: string): HubFile | null {
  if (entry?.['type'] !== 'file') return null
  const lfs = object(entry['lfs'])
  const path = text(entry['path']) ?? ''
  const size = Number(lfs?.['size'] ?? entry['size'])
  const oid = String(lfs?.['oid'] ?? entry['oid'] ?? '').replace(/^sha256:/, '')
  const hash = lfs ? 'sha256' : 'git-sha1'
  const sound =
    Number.isSafeInteger(size) && size >= 0 && (lfs ? /^[0-9a-f]{64}$/ : /^[0-9a-f]{40}$/).test(oid)
  if (!sound || !isPlainPath(path)) throw new NeiroError('HUB_BAD_LISTING', { model })
  return { path, size, oid, hash }
}

/** Nothing that climbs, nothing absolute, nothing that Windows means otherwise. */
export function isPlainPath(path: string): boolean {
  const parts = path.split('/')
  return (
    path.length > 0 &&
    path.length <= 500 &&
    parts.every(
      (part) =>
        part !== '' &&
        part !== '.' &&
        part !== '..' &&
        !/[\\:*?"<>|\u0000-\u001f\u007f]/.test(part) &&
        !/[. ]$/.test(part) &&
        !/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(part)
    )
  )
}

function licenceIn(info: Json): string | null {
  const card = object(info['cardData'])
  const said = text(card?.['license_name']) ?? text(card?.['license'])
  if (said !== null) return said.slice(0, 100)
  const tags = Array.isArray(info['tags']) ? info['tags'] : []
  const tag = tags.find((one): one is string => typeof one === 'string' && one.startsWith('license:'))
  return tag === undefined ? null : tag.slice('license:'.length, 100)
}

const object = (value: unknown): Json | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : null

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

function asObject(value: unknown, hub: HubClient): Json {
  const found = object(value)
  if (!found) throw new NeiroError('HUB_NOT_A_HUB', { host: hub.host })
  return found
}
