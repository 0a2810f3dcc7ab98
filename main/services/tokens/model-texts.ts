// The texts of the models in use, opened once each: a large vocabulary takes seconds. Two are kept.
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Model } from '../models/read-model'
import type { TextSource } from './loaded-model-text'
import type { ModelText } from './model-text'

const most = 2

/** names: tokens whose ids will be asked for */
export type OpenModelText = (source: TextSource, names: readonly string[]) => Promise<ModelText>

export class ModelTexts {
  readonly #opened = new Map<string, ReturnType<OpenModelText>>()

  constructor(private readonly open: OpenModelText) {}

  async get(
    model: Pick<Model, 'dir' | 'name' | 'chatTemplate' | 'specialTokens'> &
      Partial<Pick<Model, 'vocabSize' | 'eosTokenIds'>>
  ): Promise<ModelText> {
    const { dir, name, chatTemplate, specialTokens, vocabSize: rows, eosTokenIds } = model
    const source = { dir, name, chatTemplate, specialTokens, rows, eosTokenIds }
    // a file that was put in another one's place is another tokenizer
    const file = await stat(join(dir, 'tokenizer.json')).catch(() => null)
    const stamp = [file?.mtimeMs ?? 0, file?.size ?? 0]
    const key = JSON.stringify([dir, stamp, chatTemplate, specialTokens, rows, eosTokenIds])
    const known = this.#opened.get(key)
    const opening = known ?? this.open(source, [])
    // the newest is the last one
    this.#opened.delete(key)
    this.#opened.set(key, opening)
    opening.catch(() => this.#opened.delete(key))
    const [oldest] = this.#opened.keys()
    if (this.#opened.size > most && oldest !== undefined) this.#opened.delete(oldest)
    return opening
  }
}
