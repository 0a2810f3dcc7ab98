// The tokenizers of the models in use, loaded once each: a large one takes seconds. Two are kept.
import { Tokenizer } from './tokenizer'

const most = 2

export class Tokenizers {
  readonly #loaded = new Map<string, Promise<Tokenizer>>()

  get(modelDir: string): Promise<Tokenizer> {
    const known = this.#loaded.get(modelDir)
    const loading = known ?? Tokenizer.load(modelDir)
    // the newest is the last one
    this.#loaded.delete(modelDir)
    this.#loaded.set(modelDir, loading)
    loading.catch(() => this.#loaded.delete(modelDir))
    const [oldest] = this.#loaded.keys()
    if (this.#loaded.size > most && oldest !== undefined) this.#loaded.delete(oldest)
    return loading
  }
}
