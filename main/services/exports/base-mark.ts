// The mark of the base that an adapter belongs to, in a small file beside it: an adapter that is taken home and put on
// another base answers otherwise, and nothing in it would say so. Other programs leave the file alone.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readJsonFile } from '../models/model-files'
import { modelMark } from '../models/model-mark'
import type { Model } from '../models/read-model'

const name = 'neiro.json'

export async function writeBaseMark(dir: string, base: Model): Promise<void> {
  const text = `${JSON.stringify({ base_model_mark: await modelMark(base) }, null, 2)}\n`
  await writeFile(join(dir, name), text, { flush: true })
}

/** Undefined for adapters of other programs, and of Neiro before there was one. */
export async function baseMarkOf(adapterDir: string): Promise<string | undefined> {
  const mark = (await readJsonFile(adapterDir, name))?.['base_model_mark']
  return typeof mark === 'string' ? mark : undefined
}
