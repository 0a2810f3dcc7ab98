// Models that other programs keep on this machine: LM Studio, Ollama and the Hugging Face cache. Looked at where they lie;
// nothing is moved, changed or copied.
import { createHash } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { NeiroError } from '../../../contract/errors'
import type { FoundModel } from '../../../contract/window/models'
import type { Environment } from '../hub/proxy'
import { hubCache } from '../hub-settings'

export interface FoundOptions {
  readonly home: string
  readonly env: Environment
}

/** a disk full of models is not walked for ever */
const most = 500

export async function foundModels({ home, env }: FoundOptions): Promise<readonly FoundModel[]> {
  const lists = await Promise.all([
    inLmStudio(join(home, '.lmstudio/models')),
    inLmStudio(join(home, '.cache/lm-studio/models')),
    inOllama(env['OLLAMA_MODELS'] || join(home, '.ollama/models')),
    inHubCache(hubCache(env, home))
  ])
  return lists.flat().slice(0, most)
}

/** Throws FOUND_GONE where it is there no more. */
export async function foundPath(id: string, options: FoundOptions): Promise<string> {
  const found = (await foundModels(options)).find((model) => model.id === id)
  if (!found) throw new NeiroError('FOUND_GONE')
  return found.shownPath
}

const idOf = (path: string): string => createHash('sha256').update(path).digest('hex').slice(0, 16)

/** publisher/model/file.gguf; a folder of several is one of several sizes of the same. */
async function inLmStudio(root: string): Promise<readonly FoundModel[]> {
  const found: FoundModel[] = []
  for (const publisher of await folders(root))
    for (const model of await folders(join(root, publisher))) {
      const dir = join(root, publisher, model)
      for (const name of await names(dir)) {
        // parts of one file, and what sees pictures, are no model of their own
        if (!/\.gguf$/i.test(name) || /mmproj|-0000[2-9]-of-/i.test(name)) continue
        const path = join(dir, name)
        const size = (await stat(path).catch(() => null))?.size ?? 0
        if (size > 0)
          found.push(gguf(path, `${publisher}/${name.replace(/\.gguf$/i, '')}`, 'lm-studio', size))
      }
    }
  return found
}

/** manifests/HOST/NAMESPACE/NAME/TAG name the blobs of a model by their sums. */
async function inOllama(root: string): Promise<readonly FoundModel[]> {
  const manifests = join(root, 'manifests')
  const found = new Map<string, FoundModel>()
  for (const host of await folders(manifests))
    for (const space of await folders(join(manifests, host)))
      for (const name of await folders(join(manifests, host, space)))
        for (const tag of await names(join(manifests, host, space, name))) {
          const blob = await weightsBlob(join(manifests, host, space, name, tag))
          if (blob === null) continue
          const path = join(root, 'blobs', blob)
          const size = (await stat(path).catch(() => null))?.size ?? 0
          const shown = `${space === 'library' ? '' : `${space}/`}${name}:${tag}`
          if (size > 0 && !found.has(path)) found.set(path, gguf(path, shown, 'ollama', size))
        }
  return [...found.values()]
}

async function weightsBlob(manifest: string): Promise<string | null> {
  try {
    const { layers } = JSON.parse(await readFile(manifest, 'utf8')) as {
      layers: readonly { mediaType: string; digest: string }[]
    }
    const weights = layers.find(({ mediaType }) => /\.image\.model$/.test(mediaType))
    const sum = /^sha256[:-]([0-9a-f]{64})$/.exec(weights?.digest ?? '')?.[1]
    return sum === undefined ? null : `sha256-${sum}`
  } catch {
    return null
  }
}

/** models--OWNER--NAME/snapshots/COMMIT: a folder with config and weights, or GGUF files. */
async function inHubCache(root: string): Promise<readonly FoundModel[]> {
  const found: FoundModel[] = []
  for (const folder of await folders(root)) {
    if (!folder.startsWith('models--')) continue
    const name = folder.slice('models--'.length).replace('--', '/')
    const main = (await readFile(join(root, folder, 'refs/main'), 'utf8').catch(() => '')).trim()
    const commits = await folders(join(root, folder, 'snapshots'))
    const commit = commits.includes(main) ? main : commits.at(-1)
    if (commit === undefined) continue
    const dir = join(root, folder, 'snapshots', commit)
    const inside = await names(dir)
    const weights = inside.filter((file) => /^model.*\.safetensors$/.test(file))
    if (inside.includes('config.json') && weights.length > 0) {
      const sizes = await Promise.all(weights.map((file) => stat(join(dir, file)).catch(() => null)))
      // a download that is not finished has names that lead nowhere
      if (sizes.some((size) => size === null)) continue
      const sizeBytes = sizes.reduce((sum, size) => sum + (size?.size ?? 0), 0)
      found.push({ id: idOf(dir), name, from: 'hugging-face', kind: 'folder', sizeBytes, shownPath: dir })
    } else
      for (const file of inside.filter((one) => /\.gguf$/i.test(one))) {
        const size = (await stat(join(dir, file)).catch(() => null))?.size ?? 0
        if (size > 0) found.push(gguf(join(dir, file), `${name} ${file}`, 'hugging-face', size))
      }
  }
  return found
}

const gguf = (path: string, name: string, from: FoundModel['from'], sizeBytes: number): FoundModel => ({
  id: idOf(path),
  name,
  from,
  kind: 'gguf',
  sizeBytes,
  shownPath: path
})

async function folders(dir: string): Promise<readonly string[]> {
  const entries = await readdir(dir, { withFileTypes: true }).catch(() => [])
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
}

/** of files and of links to them */
async function names(dir: string): Promise<readonly string[]> {
  const entries = await readdir(dir, { withFileTypes: true }).catch(() => [])
  return entries
    .filter((entry) => !entry.isDirectory())
    .map(({ name }) => name)
    .sort()
}
