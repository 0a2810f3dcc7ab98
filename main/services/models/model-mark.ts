// A mark by which a model is known again in another folder, under another name: of its weights, its tokenizer and what its
// small files say of how it calculates and is asked. Two models that differ in these have different marks; nobody's name
// is in it.
import { createHash, type Hash } from 'node:crypto'
import { open, stat, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { findWeights, type Json } from './model-files'
import type { Model } from './read-model'
import { isGguf } from './small-files'

type Marked = Pick<Model, 'dir' | 'config' | 'chatTemplate' | 'specialTokens' | 'eosTokenIds'>

/** before the marks that are made so */
const form = '2:'
/** Files up to this size are read whole, in a second or so; of larger ones, windows that lie evenly: a model that was
 *  trained further differs in every one, a single wrong byte may lie between them. */
const readWhole = 512 * 2 ** 20
const windows = 512
const windowSize = 64 * 1024
/** What programs write into config.json of themselves, and of where they found the model. */
const bookkeeping = new Set(['transformers_version', '_name_or_path'])

export async function modelMark(model: Marked): Promise<string> {
  const { config, chatTemplate, specialTokens, eosTokenIds } = model
  const calculates = Object.entries(config).filter(([key]) => !bookkeeping.has(key))
  const facts = [inOrder(calculates), chatTemplate, inOrder(Object.entries(specialTokens))]
  const small = JSON.stringify(facts) + JSON.stringify(eosTokenIds)
  const files = await looksAt(model.dir)
  return onceFor([small, ...(await Promise.all(files.map(stateOf)))], async () => {
    const hash = createHash('sha256')
    hash.update(small)
    for (const file of files) await addFile(hash, file, addWindows)
    return form + hash.digest('hex').slice(0, 32)
  })
}

/** Marks by what they were made of: a model that nobody has touched is read once. */
const made = new Map<string, Promise<string>>()
const mostMade = 64

function onceFor(key: readonly string[], make: () => Promise<string>): Promise<string> {
  const name = createHash('sha256').update(JSON.stringify(key)).digest('hex')
  const known = made.get(name)
  if (known) return known
  const mark = make()
  made.set(name, mark)
  mark.catch(() => made.delete(name))
  for (const oldest of made.keys()) if (made.size > mostMade) made.delete(oldest)
  return mark
}

/** Whoever writes into a file changes this, whatever time it is given afterwards. */
async function stateOf(file: string): Promise<string> {
  const info = await stat(file, { bigint: true }).catch(() => null)
  return info ? [file, info.ino, info.size, info.mtimeNs, info.ctimeNs].join(' ') : file
}

/** Is it the model of this mark? Marks of earlier versions know sizes and both ends of the files only. */
export async function hasMark(model: Marked, mark: string): Promise<boolean> {
  return mark === (mark.startsWith(form) ? await modelMark(model) : await markOfEnds(model.dir))
}

const inOrder = (entries: readonly (readonly [string, unknown])[]): Json =>
  Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)))

async function markOfEnds(dir: string): Promise<string> {
  const ends = 256 * 1024
  const hash = createHash('sha256')
  for (const file of await looksAt(dir))
    await addFile(hash, file, async (handle, size) => {
      for (const at of [0, Math.max(0, size - ends)]) hash.update(await bytesAt(handle, at, ends))
    })
  return hash.digest('hex').slice(0, 32)
}

type Adding = (handle: FileHandle, size: number, hash: Hash) => Promise<void>

async function addFile(hash: Hash, file: string, add: Adding): Promise<void> {
  const handle = await open(file).catch(() => null)
  try {
    const size = (await handle?.stat())?.size ?? 0
    hash.update(`${size}\n`)
    if (handle) await add(handle, size, hash)
  } finally {
    await handle?.close()
  }
}

async function addWindows(handle: FileHandle, size: number, hash: Hash): Promise<void> {
  const step = size <= readWhole ? windowSize : Math.floor((size - windowSize) / (windows - 1))
  for (let at = 0; at < size; at += step) hash.update(await bytesAt(handle, at, windowSize))
}

async function bytesAt(handle: FileHandle, at: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, at)
  return buffer.subarray(0, bytesRead)
}

async function looksAt(place: string): Promise<readonly string[]> {
  if (isGguf(place)) return [place]
  const names = [...(await findWeights(place)), 'tokenizer.json']
  return names.map((name) => join(place, name))
}
