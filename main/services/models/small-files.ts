// The small files of a model in Hugging Face form (config, tokenizer, template): those of its folder, or, where it is a
// GGUF file or has its tokenizer only as a SentencePiece model, made once in the workshop and kept in the data folder.
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { copyFile, readdir, stat, utimes, writeFile } from 'node:fs/promises'
import { extname, join, resolve } from 'node:path'
import { remove } from '../../files/moving'
import { carried } from '../../files/model-folder'
import { writeFolderWhole } from '../../files/whole-folder'

/** Where a model's small files lie. */
export interface SmallFilesOf {
  dirFor(place: string): Promise<string>
}

export interface SmallFilesOptions {
  /** where made ones are kept; each can be made again */
  readonly dir: string
  /** name and text of what a model lacks, made of what it has: in the workshop */
  readonly derive: (place: string) => Promise<Readonly<Record<string, string>>>
}

/** another way of making them is another folder */
const version = 1
const mostKept = 12
export const sentencePieceNames = ['tokenizer.model', 'spiece.model', 'sentencepiece.bpe.model'] as const

export const isGguf = (place: string): boolean => extname(place).toLowerCase() === '.gguf'

export class SmallFiles implements SmallFilesOf {
  readonly #making = new Map<string, Promise<string>>()

  constructor(private readonly options: SmallFilesOptions) {}

  async dirFor(place: string): Promise<string> {
    const sources = await sourcesOf(place)
    if (sources.length === 0) return place
    const stamps = await Promise.all(sources.map(stampOf))
    const key = createHash('sha256')
      .update(JSON.stringify([version, sources, stamps]))
      .digest('hex')
      .slice(0, 24)
    const target = join(this.options.dir, key)
    const making = this.#making.get(key) ?? this.#make(place, sources, target)
    this.#making.set(key, making)
    return making.finally(() => this.#making.delete(key))
  }

  async #make(place: string, sources: readonly string[], target: string): Promise<string> {
    if (existsSync(target)) {
      // the least lately used goes first
      await utimes(target, new Date(), new Date()).catch(() => undefined)
      return target
    }
    const made = await this.options.derive(place)
    await writeFolderWhole(target, { replace: true }, async (staging) => {
      for (const source of sources) {
        const name = source.slice(resolve(place).length + 1)
        if (!isGguf(place)) await copyFile(source, join(staging, name))
      }
      for (const [name, text] of Object.entries(made))
        await writeFile(join(staging, name), text, { flush: true })
    })
    await this.#tidy()
    return target
  }

  async #tidy(): Promise<void> {
    const kept = await Promise.all(
      (await readdir(this.options.dir)).map(async (name) => {
        const dir = join(this.options.dir, name)
        return { dir, at: (await stat(dir).catch(() => null))?.mtimeMs ?? 0 }
      })
    )
    for (const { dir } of kept.sort((a, b) => b.at - a.at).slice(mostKept))
      await remove(dir).catch(() => undefined)
  }
}

/** Files that small ones are made of; none where the folder has them all. */
async function sourcesOf(place: string): Promise<readonly string[]> {
  const entry = await stat(place).catch(() => null)
  if (entry?.isFile() && isGguf(place)) return [resolve(place)]
  if (!entry?.isDirectory() || existsSync(join(place, 'tokenizer.json'))) return []
  if (!sentencePieceNames.some((name) => existsSync(join(place, name)))) return []
  const names = (await readdir(place)).filter(
    (name) => carried.test(name) || /^(config\.json|README\.md)$/.test(name)
  )
  return names.sort().map((name) => join(resolve(place), name))
}

async function stampOf(file: string): Promise<readonly number[]> {
  const { size, mtimeMs } = await stat(file)
  return [size, mtimeMs]
}
