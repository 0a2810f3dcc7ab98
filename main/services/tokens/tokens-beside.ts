// tokenizer.json completed as Transformers completes it: tokens that stand only beside it (tokenizer_config.json,
// special_tokens_map.json, added_tokens.json) are tokens too. Without them a mark like <|im_end|> falls to pieces.
import { NeiroError } from '../../contract/errors'
import { mostBytes, readJsonFile, type Json } from '../models/model-files'

/** A token as tokenizer.json lists it. */
export interface ListedToken {
  readonly id: number
  readonly content: string
  readonly single_word: boolean
  readonly lstrip: boolean
  readonly rstrip: boolean
  readonly normalized: boolean
  readonly special: boolean
}

export interface TokenBeside extends Omit<ListedToken, 'id'> {
  /** where its file says one */
  readonly id: number | null
}

/** In the order in which Transformers adds them: by number, then those that are only named. */
export async function tokensBeside(dir: string): Promise<readonly TokenBeside[]> {
  const config = (await readJsonFile(dir, 'tokenizer_config.json', mostBytes)) ?? {}
  const map = (await readJsonFile(dir, 'special_tokens_map.json', mostBytes)) ?? {}
  const old = (await readJsonFile(dir, 'added_tokens.json', mostBytes)) ?? {}
  const numbered = [
    ...Object.entries(objectOf(config['added_tokens_decoder'])).map(([id, token]) =>
      tokenOf(token, Number(id))
    ),
    ...Object.entries(old).map(([content, id]) => ({
      ...tokenOf(content, typeof id === 'number' ? id : null, false)
    }))
  ]
  const named = [...namedIn(config), ...namedIn(map)].map((token) => tokenOf(token, null))
  const known = new Set<string>()
  return [...numbered.sort((a, b) => (a.id ?? 0) - (b.id ?? 0)), ...named].filter(({ content }) => {
    const fresh = content !== '' && !known.has(content)
    known.add(content)
    return fresh
  })
}

/** The text of tokenizer.json with whatever of these it does not list; null where it lists them all. Throws
 *  TOKENS_DISAGREE where a token has one number beside it and would get another. */
export function withTokensBeside(text: string, beside: readonly TokenBeside[], dir: string): string | null {
  const file = JSON.parse(text) as { added_tokens?: ListedToken[]; model?: { vocab?: unknown } }
  const added = file.added_tokens ?? []
  const listed = new Set(added.map(({ content }) => content))
  const missing = beside.filter(({ content }) => !listed.has(content))
  if (missing.length === 0) return null
  const vocabulary = vocabularyOf(file.model?.vocab)
  const fresh: ListedToken[] = []
  let next = added.reduce((limit, { id }) => Math.max(limit, id + 1), vocabulary.size)
  for (const { id: said, ...token } of missing) {
    const id = vocabulary.get(token.content) ?? next
    if (said !== null && said !== id)
      throw new NeiroError('TOKENS_DISAGREE', {
        dir,
        token: token.content,
        said: String(said),
        id: String(id)
      })
    if (id === next) next++
    fresh.push({ id, ...token })
  }
  return JSON.stringify({ ...file, added_tokens: [...added, ...fresh] })
}

/** A token in full, or only its text: those that are only named are special. */
function tokenOf(value: unknown, id: number | null, special = true): TokenBeside {
  const { content, ...said } = typeof value === 'string' ? { content: value } : objectOf(value)
  const flag = (name: string, fallback: boolean): boolean =>
    typeof said[name] === 'boolean' ? said[name] : fallback
  const isSpecial = flag('special', special)
  return {
    id,
    content: typeof content === 'string' ? content : '',
    single_word: flag('single_word', false),
    lstrip: flag('lstrip', false),
    rstrip: flag('rstrip', false),
    normalized: flag('normalized', !isSpecial),
    special: isSpecial
  }
}

/** bos_token, eos_token ..., and the lists of further ones. */
function namedIn(file: Json): readonly unknown[] {
  return Object.entries(file).flatMap(([key, value]) => {
    if (key.endsWith('_special_tokens')) return Array.isArray(value) ? value : Object.values(objectOf(value))
    return /^(bos|eos|unk|sep|pad|cls|mask)_token$/.test(key) && value !== null ? [value] : []
  })
}

/** Ids by token: an object in most kinds of vocabulary, a list of pairs in Unigram's. */
function vocabularyOf(vocab: unknown): ReadonlyMap<string, number> {
  if (Array.isArray(vocab))
    return new Map(vocab.map((pair: unknown, id) => [String((pair as readonly unknown[])[0]), id]))
  return new Map(Object.entries(objectOf(vocab) as Record<string, number>))
}

const objectOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {}
