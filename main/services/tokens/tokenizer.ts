// Text to token ids and back, exactly as the Rust library does it (right on Japanese Unigram models too). The library
// aborts its process on some inputs: this is for the workshop alone. Knows nothing of chat templates or of what is
// learnt.
import { existsSync } from 'node:fs'
import { open, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type * as Tokenizers from '@anush008/tokenizers'
import type { Tokenizer as Library } from '@anush008/tokenizers'
import { NeiroError } from '../../contract/errors'
import { nativeFault } from '../../files/native-fault'
import { encodeLong, longTextLimits } from './long-text'
import { mostTokensOf, type MostTokens, type TokenizerSteps } from './most-tokens'
import { spaceMarksOf, type SpaceMarks } from './space-marks'
import { closing, opening } from './thinking'
import { charsmapFile, charsmapRules } from './sentencepiece/charsmap'
import { tokensBeside, withTokensBeside } from './tokens-beside'

/** Rare kanji, half-width kana, a circled digit, an emoji: what weak tokenizers drop. */
export const demandingSample = 'あア漢字邂逅ﾊﾝｶｸ①髙﨑ー〜、。「」ABCabc0129%&😀'

/** One that does not load is no fault of the model that is opened. Throws SYSTEM_TOO_OLD, RUN_TIME_MISSING, ADDON_BROKEN. */
async function loadLibrary(): Promise<typeof Tokenizers> {
  try {
    return await import('@anush008/tokenizers')
  } catch (error) {
    throw (
      nativeFault(error) ?? new NeiroError('ADDON_BROKEN', { file: 'tokenizers', reason: sentence(error) })
    )
  }
}

/** A token added beside the vocabulary, as tokenizer.json lists it. */
export interface AddedToken {
  readonly id: number
  readonly content: string
  readonly special: boolean
}

interface TokenizerFile extends TokenizerSteps {
  readonly added_tokens?: readonly AddedToken[]
  readonly model?: {
    readonly unk_token?: unknown
    readonly unk_id?: unknown
    readonly dropout?: unknown
    readonly vocab?: object
  }
}

/** Tokens of a vocabulary, and beside it; bytes of the file. The largest honest ones have 900,000 (XLM-V), 66,000 (speech) and
 *  60 MB. */
const most = { tokens: 1 << 20, added: 70_000, bytes: 100_000_000 }

export class Tokenizer {
  readonly vocabSize: number
  /** every id lies below */
  readonly idLimit: number
  private readonly special: ReadonlySet<number>

  private constructor(
    private readonly library: Library,
    /** tokens beside the vocabulary that text may contain literally: <|im_end|>, </s> ... */
    readonly added: readonly AddedToken[],
    /** the model's own normalisation, where the library's is not exact */
    private readonly normalised: (text: string) => string,
    /** id of what stands for all that it has no token for */
    readonly unknown?: number,
    /** where it puts marks for spaces that no text holds */
    readonly spaces: SpaceMarks | null = null,
    /** what a text has at the most, without making its tokens; null: not known of such a tokenizer */
    readonly mostTokens: MostTokens | null = null
  ) {
    this.vocabSize = library.getVocabSize(true)
    this.idLimit = added.reduce((limit, { id }) => Math.max(limit, id + 1), this.vocabSize)
    this.special = new Set(added.filter((token) => token.special).map((token) => token.id))
  }

  static async load(dir: string): Promise<Tokenizer> {
    const file = join(dir, 'tokenizer.json')
    await refuseUnreadable(file, dir)
    try {
      const own = await readFile(file, 'utf8')
      const rules = await readFile(join(dir, charsmapFile), 'utf8').catch(() => null)
      const text = withTokensBeside(own, await tokensBeside(dir), dir) ?? own
      return await Tokenizer.fromText(text, rules === null ? null : Buffer.from(rules, 'base64'))
    } catch (error) {
      if (error instanceof NeiroError) throw error
      throw broken(error, file)
    }
  }

  /** Of the text of a tokenizer.json. Throws what the library says of one that it cannot read. */
  static async fromText(text: string, charsmap: Buffer | null = null): Promise<Tokenizer> {
    const { Tokenizer: library } = await loadLibrary()
    const file = JSON.parse(text) as TokenizerFile
    if ((file.added_tokens?.length ?? 0) > most.added) throw tooLarge(most.added)
    const vocab = file.model?.vocab
    if (vocab && Object.keys(vocab).length > most.tokens) throw tooLarge(most.tokens)
    const added = (file.added_tokens ?? []).map(asSpoken)
    // chance in the cutting of words is for teaching a tokenizer's model; here the same text has the same tokens
    const isSaid = added.every((token, i) => token === file.added_tokens?.[i]) && !file.model?.dropout
    const tokenizer = library.fromString(
      isSaid
        ? text
        : JSON.stringify({
            ...file,
            added_tokens: added,
            ...(file.model && { model: { ...file.model, dropout: null } })
          })
    )
    // truncation and padding that a tokenizer.json may carry would cut texts silently
    tokenizer.disableTruncation()
    tokenizer.disablePadding()
    return new Tokenizer(
      tokenizer,
      added.map(({ id, content, special }) => ({ id, content, special })),
      charsmap === null ? (all) => all : charsmapRules(charsmap),
      unknownOf(file, (token) => tokenizer.tokenToId(token)),
      spaceMarksOf(file),
      mostTokensOf(file)
    )
  }

  /** Ids of a text; special tokens written out in the text become their ids. */
  async encode(text: string, addSpecialTokens = false): Promise<Int32Array> {
    return (await this.encodeBatch([text], addSpecialTokens))[0] as Int32Array
  }

  /** As encode, for many texts in one go: what makes thousands of them take seconds. Throws TEXT_UNBROKEN where one is
   *  long and has no place where it could be divided. */
  async encodeBatch(texts: readonly string[], addSpecialTokens = false): Promise<readonly Int32Array[]> {
    if (texts.length === 0) return []
    // half a surrogate pair has no UTF-8 form; it becomes U+FFFD here rather than an error in the library
    const formed = texts.map((text) => this.normalised(text.toWellFormed()))
    const isLong = (text: string): boolean => text.length > longTextLimits.whole && !addSpecialTokens
    const short = await this.encodeShort(
      formed.filter((text) => !isLong(text)),
      addSpecialTokens
    )
    const encoded: Int32Array[] = []
    let next = 0
    for (const text of formed) {
      const ids = isLong(text) ? await encodeLong(text, (some) => this.encodeShort(some)) : short[next++]
      encoded.push(ids ?? new Int32Array())
    }
    return encoded
  }

  private async encodeShort(texts: readonly string[], addSpecialTokens = false): Promise<Int32Array[]> {
    if (texts.length === 0) return []
    // a step of it may ask for a token that the vocabulary does not have
    const encodings = await this.library
      .encodeBatch([...texts], { addSpecialTokens })
      .catch((error: unknown) => {
        throw broken(error)
      })
    return encodings.map((encoding) => new Int32Array(encoding.getIds()))
  }

  async decode(ids: ArrayLike<number>, skipSpecialTokens = true): Promise<string> {
    return (await this.decodeBatch([ids], skipSpecialTokens))[0] as string
  }

  async decodeBatch(
    lists: readonly ArrayLike<number>[],
    skipSpecialTokens = true
  ): Promise<readonly string[]> {
    if (lists.length === 0) return []
    return this.library.decodeBatch(
      lists.map((ids) => Array.from(ids)),
      skipSpecialTokens
    )
  }

  idOf(token: string): number | null {
    return this.library.tokenToId(token)
  }

  /** The token as the vocabulary spells it, or null for an id that it does not have. */
  tokenOf(id: number): string | null {
    return this.library.idToToken(id)
  }

  /** Does decode say anything for this id? Special tokens and unknown ids are passed over. */
  isSpoken(id: number): boolean {
    return !this.special.has(id) && this.tokenOf(id) !== null
  }

  /** A run of byte tokens is decoded as one: until it ends, all of it may still change. Tokens that decoding skips do
   *  not end it. */
  endsInBytes(ids: ArrayLike<number>): boolean {
    const last = Array.from(ids).findLast((id) => this.isSpoken(id))
    return last !== undefined && /^<0x[0-9A-Fa-f]{2}>$/.test(this.tokenOf(last) ?? '')
  }

  /** Characters of the sample that do not come back from encode and decode: the model cannot read them.
   *  A compatibility form (ﾊ read as ハ) counts as kept; space, control and joining characters are not asked. */
  async losesCharacters(sample: string = demandingSample): Promise<readonly string[]> {
    const characters = [...new Set(sample)].filter((c) => !/[\p{Z}\p{C}\p{M}]/u.test(c))
    const back = await this.decodeBatch(await this.encodeBatch(characters), false)
    return characters.filter(
      (c, i) => !(back[i] ?? '').normalize('NFKC').includes(c.normalize('NFKC').trim())
    )
  }
}

/** By its name in most kinds, by its number in Unigram. */
function unknownOf({ model }: TokenizerFile, idOf: (token: string) => number | null): number | undefined {
  if (typeof model?.unk_id === 'number') return model.unk_id
  return typeof model?.unk_token === 'string' ? (idOf(model.unk_token) ?? undefined) : undefined
}

/** The marks of a thought are shown, or rather told apart, in answers; some files call them special, which no decoder
 *  shows. */
const asSpoken = (token: AddedToken): AddedToken =>
  token.special && (token.content === opening || token.content === closing)
    ? { ...token, special: false }
    : token

/** From which Transformers makes a tokenizer.json. */
const otherForms = ['tokenizer.model', 'spiece.model', 'sentencepiece.bpe.model', 'vocab.json', 'vocab.txt']

async function refuseUnreadable(file: string, dir: string): Promise<void> {
  const head = Buffer.alloc(64)
  try {
    const handle = await open(file, 'r')
    await handle.read(head, 0, head.length, 0).finally(() => handle.close())
  } catch {
    const other = otherForms.find((name) => existsSync(join(dir, name)))
    if (other) throw new NeiroError('TOKENIZER_NOT_CONVERTED', { dir, name: other })
    throw new NeiroError('NO_TOKENIZER', { dir, file })
  }
  if (head.toString('latin1').startsWith('version https://git-lfs')) {
    throw new NeiroError('LFS_POINTER', { file })
  }
  // a device has no size and never ends
  const facts = await stat(file)
  if (!facts.isFile()) throw broken(new Error('not a file'), file)
  if (facts.size > most.bytes) throw tooLarge(most.tokens)
}

const name = 'tokenizer.json'
const tooLarge = (tokens: number): NeiroError =>
  new NeiroError('TOKENIZER_TOO_LARGE', { name, most: String(tokens) })
const broken = (error: unknown, file = name): NeiroError =>
  new NeiroError('BROKEN_TOKENIZER', { file, name, reason: sentence(error) })

const sentence = (error: unknown): string => (error instanceof Error ? error.message : String(error))
