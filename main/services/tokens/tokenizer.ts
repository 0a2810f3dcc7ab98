// Text to token ids and back, exactly as the Rust library does it (right on Japanese Unigram models too).
// Knows nothing of chat templates or of what is learnt.
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { NeiroError } from '../../contract/errors'
import { TokenizerThread, type AddedToken, type TokenizerFacts } from './tokenizer-thread'

/** Rare kanji, half-width kana, a circled digit, an emoji: what weak tokenizers drop. */
const demandingSample = 'あア漢字邂逅ﾊﾝｶｸ①髙﨑ー〜、。「」ABCabc0129%&😀'

// a thread whose tokenizer nobody holds any more is ended
const abandoned = new FinalizationRegistry<TokenizerThread>((thread) => thread.close())

export class Tokenizer {
  readonly vocabSize: number
  /** tokens beside the vocabulary that text may contain literally: <|im_end|>, </s> ... */
  readonly added: readonly AddedToken[]
  private readonly ids = new Map<string, number | null>()
  private readonly tokens = new Map<number, string | null>()
  private readonly special: ReadonlySet<number>

  private constructor(
    private readonly thread: TokenizerThread,
    facts: TokenizerFacts
  ) {
    this.vocabSize = facts.vocabSize
    this.added = facts.added
    for (const token of facts.added) this.ids.set(token.content, token.id)
    this.special = new Set(facts.added.filter((token) => token.special).map((token) => token.id))
    abandoned.register(this, thread)
  }

  static async load(dir: string): Promise<Tokenizer> {
    const file = join(dir, 'tokenizer.json')
    await refuseUnreadable(file, dir)
    const { thread, facts } = await TokenizerThread.start(file)
    return new Tokenizer(thread, facts)
  }

  /** Ids of a text; special tokens written out in the text become their ids. */
  encode(text: string, addSpecialTokens = false): Int32Array {
    return this.encodeBatch([text], addSpecialTokens)[0] as Int32Array
  }

  /** As encode, for many texts in one go: what makes thousands of them take seconds. */
  encodeBatch(texts: readonly string[], addSpecialTokens = false): readonly Int32Array[] {
    if (texts.length === 0) return []
    return this.thread.call({ encode: texts.map(wellFormed), addSpecialTokens }) as Int32Array[]
  }

  /** As encodeBatch, without holding up whoever asks. */
  async encodeBatchAside(texts: readonly string[], addSpecialTokens = false): Promise<readonly Int32Array[]> {
    if (texts.length === 0) return []
    return (await this.thread.callAside({ encode: texts.map(wellFormed), addSpecialTokens })) as Int32Array[]
  }

  decode(ids: ArrayLike<number>, skipSpecialTokens = true): string {
    return this.decodeBatch([ids], skipSpecialTokens)[0] as string
  }

  decodeBatch(lists: readonly ArrayLike<number>[], skipSpecialTokens = true): readonly string[] {
    if (lists.length === 0) return []
    return this.thread.call({ decode: lists.map((ids) => Array.from(ids)), skipSpecialTokens }) as string[]
  }

  idOf(token: string): number | null {
    const known = this.ids.get(token)
    if (known !== undefined) return known
    const id = (this.thread.call({ idsOf: [token] }) as (number | null)[])[0] ?? null
    this.ids.set(token, id)
    return id
  }

  /** The token as the vocabulary spells it, or null for an id that it does not have. */
  tokenOf(id: number): string | null {
    const known = this.tokens.get(id)
    if (known !== undefined) return known
    const token = (this.thread.call({ tokensOf: [id] }) as (string | null)[])[0] ?? null
    this.tokens.set(id, token)
    return token
  }

  /** Does decode say anything for this id? Special tokens and unknown ids are passed over. */
  isSpoken(id: number): boolean {
    return !this.special.has(id) && this.tokenOf(id) !== null
  }

  /** Characters of the sample that do not come back from encode and decode: the model cannot read them.
   *  A compatibility form (ﾊ read as ハ) counts as kept; space, control and joining characters are not asked. */
  losesCharacters(sample: string = demandingSample): readonly string[] {
    const characters = [...new Set(sample)].filter((c) => !/[\p{Z}\p{C}\p{M}]/u.test(c))
    const back = this.decodeBatch(this.encodeBatch(characters), false)
    return characters.filter(
      (c, i) => !(back[i] ?? '').normalize('NFKC').includes(c.normalize('NFKC').trim())
    )
  }
}

async function refuseUnreadable(file: string, dir: string): Promise<void> {
  const head = Buffer.alloc(64)
  try {
    const handle = await open(file, 'r')
    await handle.read(head, 0, head.length, 0).finally(() => handle.close())
  } catch {
    throw new NeiroError('NO_TOKENIZER', { dir, file })
  }
  if (head.toString('latin1').startsWith('version https://git-lfs')) {
    throw new NeiroError('LFS_POINTER', { file })
  }
}

/** Half a surrogate pair has no UTF-8 form; it becomes U+FFFD here rather than an error in the library. */
function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\uFFFD')
}
