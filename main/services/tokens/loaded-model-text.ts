// A model's tokenizer and template, loaded in this very process: the workshop's side of ModelText.
import type { Example, Message } from '../../contract/records'
import { templateFor, type ChatTemplate } from './chat-template'
import { encodePrompt, encodeWhole, shownPieces } from './encode'
import { ggufVocabulary, type GgufVocabulary } from './gguf/vocabulary'
import type { Lengths } from './lengths'
import { lengthsOf } from './lengths-of'
import { lengthsUpTo } from './lengths-up-to'
import { LostCharacters } from './lost-characters'
import type { Around, Marks, Outcome, Wording } from './kinds/kind'
import type { ModelText, ShownAs, ShownExample } from './model-text'
import { encodePieces } from './pieces'
import { Tokenizer } from './tokenizer'
import { endsOf, leftOutBy, marksWithoutToken, turnEndOf } from './turn-end'

/** What of a model its text hangs on: its folder, and what its files say of templates and special tokens. */
export interface TextSource {
  readonly dir: string
  readonly name: string
  readonly chatTemplate: string | null
  readonly specialTokens: Readonly<Record<string, string>>
  /** rows of its embedding; absent: enough */
  readonly rows?: number | undefined
  readonly eosTokenIds?: readonly number[] | undefined
}

const noSource: TextSource = { dir: '', name: '', chatTemplate: null, specialTokens: {} }

export class LoadedModelText implements ModelText {
  readonly marks: Marks
  private readonly lost: LostCharacters

  constructor(
    readonly tokenizer: Tokenizer,
    /** a broken one is said to whoever needs it: a model's name can be read without */
    private readonly templateOf: () => ChatTemplate,
    private readonly tokens: Pick<Wording, 'bosToken' | 'eosToken' | 'rows'>,
    /** the files that it was loaded from; without them there is no vocabulary to ask for */
    private readonly source: TextSource = noSource,
    around: Around = { before: [], behind: [] }
  ) {
    const id = (token: string | null): number | null => (token === null ? null : tokenizer.idOf(token))
    this.lost = new LostCharacters(tokenizer)
    const { bosToken, eosToken } = tokens
    const ends = endsOf(tokenizer)
    const leftOut = leftOutBy(templateOf)
    this.marks = {
      begin: id(bosToken),
      end: id(eosToken),
      around,
      turnEnd: id(turnEndOf(templateOf, ends, eosToken)),
      ...(tokenizer.unknown !== undefined && { unknown: tokenizer.unknown }),
      ...(tokenizer.spaces !== null && { spaces: tokenizer.spaces }),
      ...(leftOut.length > 0 && { leftOut }),
      idLimit: tokenizer.idLimit,
      strays: marksWithoutToken(templateOf, ends)
    }
  }

  static async load(source: TextSource): Promise<LoadedModelText> {
    const tokenizer = await Tokenizer.load(source.dir)
    const around = await aroundOf(tokenizer)
    const bosToken = around.before.length === 1 ? tokenOf(around.before[0], tokenizer) : null
    const eosToken = source.specialTokens['eos_token'] ?? tokenOf(source.eosTokenIds?.[0], tokenizer)
    // the plain template ends answers with it, whatever file names it
    const named: TextSource['specialTokens'] =
      source.chatTemplate === null && eosToken !== null ? { eos_token: eosToken } : {}
    const words = { ...source, specialTokens: { ...source.specialTokens, ...named } }
    let template: ChatTemplate | null = null
    const tokens = { bosToken, eosToken, rows: source.rows }
    return new LoadedModelText(
      tokenizer,
      () => (template ??= templateFor(words, bosToken ?? '')),
      tokens,
      words,
      around
    )
  }

  get unitWeights(): Uint16Array | null {
    return this.tokenizer.mostTokens?.weights ?? null
  }

  idOf(token: string): number | null {
    return this.tokenizer.idOf(token)
  }

  encode(texts: readonly string[]): Promise<readonly Int32Array[]> {
    return this.tokenizer.encodeBatch(texts)
  }

  decode(ids: ArrayLike<number>, skipSpecialTokens = true): Promise<string> {
    return this.tokenizer.decode(ids, skipSpecialTokens)
  }

  async endsInBytes(ids: ArrayLike<number>): Promise<boolean> {
    return this.tokenizer.endsInBytes(ids)
  }

  losesCharacters(): Promise<readonly string[]> {
    return this.tokenizer.losesCharacters()
  }

  outcomes(examples: readonly Example[], systemPrompt: string): Promise<readonly Outcome[]> {
    return encodeWhole(examples, this.wording(systemPrompt), this.lost)
  }

  async lengths(examples: readonly Example[], systemPrompt: string, upTo?: number): Promise<Lengths> {
    const exact = async (some: readonly Example[]): Promise<Lengths> =>
      lengthsOf(some, await this.outcomes(some, systemPrompt), { modelText: this })
    if (upTo === undefined) return exact(examples)
    return lengthsUpTo(examples, upTo, this.wording(systemPrompt), exact)
  }

  prompt(messages: readonly Message[]): Promise<Int32Array> {
    return encodePrompt(messages, this.wording(''))
  }

  async shown(example: Example, { systemPrompt = '', lossOn }: ShownAs): Promise<ShownExample> {
    const pieces = shownPieces(example, this.wording(systemPrompt), lossOn)
    const { longest } = await this.lengths([example], systemPrompt)
    if (longest[0]) return { pieces, tokens: longest[0] }
    // what cannot be learnt has no length, and is shown all the same
    const [encoded] = await encodePieces(this.tokenizer, [pieces])
    return { pieces, tokens: encoded?.tokens.length ?? 0 }
  }

  async rendered(messages: readonly Message[], template?: string): Promise<string> {
    if (template === undefined) return this.templateOf().render(messages, true)
    return templateFor({ ...this.source, chatTemplate: template }, this.tokens.bosToken ?? '').render(
      messages,
      true
    )
  }

  vocabulary(rows: number): Promise<GgufVocabulary> {
    return ggufVocabulary(this.source.dir, rows)
  }

  private wording(systemPrompt: string): Wording {
    return { ...this.tokens, tokenizer: this.tokenizer, template: this.templateOf(), systemPrompt }
  }
}

/** What the tokenizer itself puts around a text; tokens that files only name are put nowhere. */
async function aroundOf(tokenizer: Tokenizer): Promise<Around> {
  const [plain, marked] = [await tokenizer.encode('a'), await tokenizer.encode('a', true)]
  const at = marked.findIndex((_, from) => plain.every((id, i) => marked[from + i] === id))
  if (at < 0) return { before: [], behind: [] }
  return { before: [...marked.subarray(0, at)], behind: [...marked.subarray(at + plain.length)] }
}

const tokenOf = (id: number | undefined, tokenizer: Tokenizer): string | null =>
  id === undefined ? null : tokenizer.tokenOf(id)
