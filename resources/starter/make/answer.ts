// Asks a model folder questions through the engine, greedily: what examination and tests share.
import type { Session } from '../../../addon/index'
import { addonFile } from '../../../main/paths'
import { ChatTemplate } from '../../../main/services/text/chat-template'
import { encodePrompt } from '../../../main/services/text/encode'
import { Tokenizer } from '../../../main/services/text/tokenizer'
import { loadAddon } from '../../../main/trainer/load-addon'
import type { Turn } from './grammar/dialogue'
import { chatTemplate } from './tokenizer/tokenizer-files'

export class Examinee {
  private constructor(
    private readonly session: Session,
    readonly tokenizer: Tokenizer,
    readonly template: ChatTemplate
  ) {}

  static async open(modelDir: string, threads = 0): Promise<Examinee> {
    const session = await loadAddon(addonFile).Session.open({
      modelDir,
      baseQuantization: 'none',
      seed: 1,
      threads,
      maxTokensPerMicroBatch: 512,
      maxContext: 512
    })
    return new Examinee(session, await Tokenizer.load(modelDir), new ChatTemplate(chatTemplate, {}))
  }

  async answer(turns: readonly Turn[]): Promise<string> {
    const end = this.tokenizer.idOf('<|im_end|>') as number
    await this.session.generateBegin({
      prompt: encodePrompt(turns, this),
      maxNewTokens: 96,
      stopTokens: Int32Array.of(end),
      sampling: { temperature: 0, topK: 0, topP: 1, minP: 0, repetitionPenalty: 1, seed: 1 },
      adapter: false
    })
    const ids: number[] = []
    for (;;) {
      const chunk = await this.session.generateNext(96)
      ids.push(...chunk.tokens)
      if (chunk.finished !== null) return this.tokenizer.decode(ids)
    }
  }

  close(): Promise<void> {
    return this.session.close()
  }
}
