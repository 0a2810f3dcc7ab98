// The files of a model folder as they come from strangers: small JSON files with a limit, Git LFS pointers
// recognised, weights looked for by name. Contents of weights are the engine's to check.
import { open, readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { NeiroError } from '../../contract/errors'
import { jsonMembers } from '../../files/json-members'
import { readOrdinary } from '../../files/ordinary-file'

export type Json = Readonly<Record<string, unknown>>

/** The longest honest ones (lists of weights of very large models, settings of tokenizers) have 3.5 MB. */
export const mostBytes = 4 * 2 ** 20
/** Parsed whole in the app's own process: a longer one could be made to hold it up. Of those that may be longer, only
 *  members are (membersOf). */
const mostParsed = 128 * 1024
/** of a file, with its marks */
const longestName = 1024
const lfsMark = 'version https://git-lfs.github.com/spec/'

/** A JSON object; null where the file does not exist. most: bytes, more where nothing waits for this process. */
export async function readJsonFile(dir: string, name: string, most = mostParsed): Promise<Json | null> {
  const text = await readTextFile(dir, name, most)
  if (text === null) return null
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Json
  } catch {
    // said below, in words
  }
  throw new NeiroError('BROKEN_MODEL_FILE', { file: join(dir, name), name })
}

/** The members of a JSON object that are wanted, however long the file; null where it does not exist. */
export async function membersOf(
  dir: string,
  name: string,
  wanted: (key: string) => boolean
): Promise<Json | null> {
  const text = await readTextFile(dir, name)
  if (text === null) return null
  const found = new Map<string, unknown>()
  try {
    for await (const lot of jsonMembers(text))
      for (const { key, value } of lot) {
        if (!wanted(key)) continue
        if (value.length > mostParsed) throw new SyntaxError(key)
        found.set(key, JSON.parse(value))
      }
  } catch {
    throw new NeiroError('BROKEN_MODEL_FILE', { file: join(dir, name), name })
  }
  return Object.fromEntries(found)
}

/** A UTF-8 text without its byte order mark; null where the file does not exist. */
export async function readTextFile(dir: string, name: string, most = mostBytes): Promise<string | null> {
  const file = join(dir, name)
  const entry = await stat(file).catch(() => null)
  if (!entry?.isFile()) return null
  if (entry.size > most) {
    throw new NeiroError('BROKEN_MODEL_FILE', { file, name })
  }
  const text = new TextDecoder().decode(await readOrdinary(file, most).catch(refused(file)))
  if (text.startsWith(lfsMark)) throw lfsPointer(file)
  return text
}

/** The safetensors files that make up the model, checked to be there and to be more than LFS pointers. */
export async function findWeights(dir: string): Promise<readonly string[]> {
  const names = (await readdir(dir).catch(refused(dir))).sort()
  const files = names.includes('model.safetensors')
    ? ['model.safetensors']
    : names.includes('model.safetensors.index.json')
      ? await shardsOf(dir)
      : []
  if (files.length === 0) throw noWeights(dir, names)
  for (const name of files) await refuseLfsPointer(join(dir, name))
  return files
}

/** What the system refuses (no right, a failing or unplugged disk) is said of this folder, and of no other. */
export function modelNotReadable(file: string, error: unknown): NeiroError {
  const reason =
    (error as NodeJS.ErrnoException | null)?.code ?? (error instanceof Error ? error.message : String(error))
  return new NeiroError('MODEL_NOT_READABLE', { file, reason })
}

const refused =
  (file: string) =>
  (error: unknown): never => {
    throw modelNotReadable(file, error)
  }

async function shardsOf(dir: string): Promise<readonly string[]> {
  const names = [...(await namedShards(dir))].sort()
  for (const name of names) {
    // a name that leaves the folder is an attack, not a shard
    const there = basename(name) === name && (await stat(join(dir, name)).catch(() => null))?.isFile()
    if (!there) {
      throw new NeiroError('SHARD_MISSING', { dir, name, file: join(dir, 'model.safetensors.index.json') })
    }
  }
  return names
}

async function namedShards(dir: string): Promise<ReadonlySet<string>> {
  const name = 'model.safetensors.index.json'
  const text = (await readTextFile(dir, name)) ?? '{}'
  const shards = new Set<string>()
  try {
    for await (const lot of jsonMembers(text))
      for (const { key, value } of lot) {
        if (key !== 'weight_map' || !value.startsWith('{')) continue
        shards.clear()
        for await (const weights of jsonMembers(value))
          for (const { value: shard } of weights)
            if (shard.startsWith('"') && shard.length <= longestName) shards.add(JSON.parse(shard) as string)
      }
  } catch {
    throw new NeiroError('BROKEN_MODEL_FILE', { file: join(dir, name), name })
  }
  return shards
}

function noWeights(dir: string, names: readonly string[]): NeiroError {
  const pickle = names.find((name) => /\.(bin|pt|pth|ckpt|pkl)$/.test(name))
  if (pickle) {
    return new NeiroError('PICKLE_REFUSED', { dir, name: pickle })
  }
  const gguf = names.find((name) => name.toLowerCase().endsWith('.gguf'))
  if (gguf) return ggufByItself(join(dir, gguf))
  return new NeiroError('NO_WEIGHTS', { dir })
}

/** The GGUF file of a folder that holds one, and nothing else that would be a model; null for any other. */
export async function loneGguf(dir: string): Promise<string | null> {
  const names = await readdir(dir).catch(() => [])
  if (names.some((name) => name === 'config.json' || name.endsWith('.safetensors'))) return null
  const [file, ...more] = names.filter((name) => name.toLowerCase().endsWith('.gguf'))
  return file === undefined || more.length > 0 ? null : join(dir, file)
}

export function ggufByItself(file: string): NeiroError {
  return new NeiroError('GGUF_BY_ITSELF', { file })
}

export function lfsPointer(file: string): NeiroError {
  return new NeiroError('LFS_POINTER', { file })
}

export async function refuseLfsPointer(file: string): Promise<void> {
  const start = await firstBytes(file, lfsMark.length)
  if (start.toString('latin1') === lfsMark) throw lfsPointer(file)
}

export async function firstBytes(file: string, count: number): Promise<Buffer> {
  const handle = await open(file).catch(refused(file))
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(count), 0, count, 0).catch(refused(file))
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}
