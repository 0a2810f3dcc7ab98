// Asks a model questions through the engine, greedily: what examination, rehearsal and tests share.
import type { Session } from '../../addon/index'
import { addonFile } from './places'
import { ChatTemplate } from '../../main/services/tokens/chat-template'
import { encodePrompt } from '../../main/services/tokens/encode'
import { Tokenizer } from '../../main/services/tokens/tokenizer'
import { loadAddon } from '../../main/trainer/load-addon'
import type { Turn } from './grammar/dialogue'
import { chatTemplate } from './tokenizer/tokenizer-files'

interface Words {
  readonly tokenizer: Tokenizer
  readonly template: ChatTemplate
}

const longestAnswer = 120

export async function answerWith(
  session: Session,
  words: Words,
  turns: readonly Turn[],
  adapter: boolean
): Promise<string> {
  await session.generateBegin({
    prompt: await encodePrompt(turns, words),
    maxNewTokens: longestAnswer,
    stopTokens: Int32Array.of(words.tokenizer.idOf('<|im_end|>') as number),
    sampling: { temperature: 0, topK: 0, topP: 1, minP: 0, repetitionPenalty: 1, seed: 1 },
    adapter
  })
  const ids: number[] = []
  for (;;) {
    const chunk = await session.generateNext(longestAnswer)
    ids.push(...chunk.tokens)
    if (chunk.finished !== null) return words.tokenizer.decode(ids)
  }
}

/** A model folder open for questions. */
export class Examinee {
  private constructor(
    private readonly session: Session,
    private readonly words: Words
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
    const tokenizer = await Tokenizer.load(modelDir)
    return new Examinee(session, { tokenizer, template: new ChatTemplate(chatTemplate, {}) })
  }

  answer(turns: readonly Turn[]): Promise<string> {
    return answerWith(this.session, this.words, turns, false)
  }

  close(): Promise<void> {
    return this.session.close()
  }
}
