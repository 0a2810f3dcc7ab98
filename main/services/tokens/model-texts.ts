// The texts of the models in use, opened once each: a large vocabulary takes seconds. Two are kept.
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { NeiroError } from '../../contract/errors'
import type { Model } from '../models/read-model'
import type { SmallFilesOf } from '../models/small-files'
import type { TextSource } from './loaded-model-text'
import type { ModelText } from './model-text'
import type { ModelsSetAside } from './models-set-aside'

const most = 2

/** names: tokens whose ids will be asked for; onLost: told where a process is lost over it */
export type OpenModelText = (
  source: TextSource,
  names: readonly string[],
  onLost: (error: NeiroError) => void
) => Promise<ModelText>

export interface SettingAside {
  readonly models: ModelsSetAside
  /** a model that was set aside is tried again where it is named: each command of the command line does so */
  readonly triesAnew: boolean
}

export class ModelTexts {
  readonly #opened = new Map<string, ReturnType<OpenModelText>>()

  readonly #tried = new Set<string>()

  constructor(
    private readonly open: OpenModelText,
    private readonly setAside?: SettingAside,
    private readonly files?: SmallFilesOf
  ) {}

  /** Where the small files of a model lie, made first where it has none. */
  async dirFor(place: string): Promise<string> {
    return this.files ? this.files.dirFor(place) : place
  }

  async get(
    model: Pick<Model, 'dir' | 'name' | 'chatTemplate' | 'specialTokens'> &
      Partial<Pick<Model, 'filesDir' | 'vocabSize' | 'eosTokenIds'>>
  ): Promise<ModelText> {
    const { name, chatTemplate, specialTokens, vocabSize: rows, eosTokenIds } = model
    const dir = model.filesDir ?? model.dir
    const source = { dir, name, chatTemplate, specialTokens, rows, eosTokenIds }
    // a file that was put in another one's place is another tokenizer
    const file = await stat(join(dir, 'tokenizer.json')).catch(() => null)
    const stamp = [file?.mtimeMs ?? 0, file?.size ?? 0]
    const key = JSON.stringify([dir, stamp, chatTemplate, specialTokens, rows, eosTokenIds])
    const known = this.#opened.get(key)
    const opening = known ?? this.#opening(source, key)
    // the newest is the last one
    this.#opened.delete(key)
    this.#opened.set(key, opening)
    opening.catch(() => this.#opened.delete(key))
    const [oldest] = this.#opened.keys()
    if (this.#opened.size > most && oldest !== undefined) this.#opened.delete(oldest)
    return opening
  }

  /** A model that somebody chooses anew is opened anew, also where it was set aside. */
  async tryAgain(dir: string): Promise<void> {
    for (const key of this.#opened.keys())
      if ((JSON.parse(key) as unknown[])[0] === dir) this.#opened.delete(key)
    await this.setAside?.models.forget(dir)
  }

  async #opening(source: TextSource, key: string): Promise<ModelText> {
    const { models, triesAnew } = this.setAside ?? {}
    if (triesAnew && !this.#tried.has(key)) await models?.forget(source.dir)
    this.#tried.add(key)
    const why = await models?.why(source.dir, key)
    if (why) throw why
    let kept: Promise<void> | undefined
    try {
      return await this.open(source, [], (error) => (kept = models?.keep(source.dir, key, error)))
    } catch (error) {
      await kept
      throw error
    }
  }
}
