// An exported folder as a stranger's program reads it, by the rules of Transformers: nothing of what the run knows,
// only what stands there. It shares no code with what wrote the folder.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Example, Message } from '../../contract/records'
import type { ModelText } from '../tokens/model-text'
import type { ModelTexts } from '../tokens/model-texts'

export class SecondReader {
  private constructor(
    private readonly text: ModelText,
    /** where generation stops */
    readonly ends: readonly number[]
  ) {}

  static async open(dir: string, modelTexts: Pick<ModelTexts, 'get'>): Promise<SecondReader> {
    const generation = await json(join(dir, 'generation_config.json'))
    const config = await json(join(dir, 'config.json'))
    const tokenizer = (await json(join(dir, 'tokenizer_config.json'))) ?? {}
    const file = await readFile(join(dir, 'chat_template.jinja'), 'utf8').catch(() => null)
    const named = [tokenizer['chat_template']].flat()
    const byName = named.find((one) => (one as Any | null)?.['name'] === 'default') as Any | undefined
    const map = (await json(join(dir, 'special_tokens_map.json'))) ?? {}
    const said = (generation ?? config ?? {})['eos_token_id']
    const ends = [said].flat().filter((id) => typeof id === 'number')
    const special = Object.entries({ ...map, ...tokenizer }).flatMap(([key, value]) => {
      const content = typeof value === 'object' && value !== null ? (value as Any)['content'] : value
      return key.endsWith('_token') && typeof content === 'string' ? [[key, content] as const] : []
    })
    const text = await modelTexts.get({
      dir,
      name: dir,
      chatTemplate: [file, named[0], byName?.['template']].find((one) => typeof one === 'string') ?? null,
      specialTokens: Object.fromEntries(special),
      eosTokenIds: ends
    })
    return new SecondReader(text, ends)
  }

  prompt(messages: readonly Message[]): Promise<Int32Array> {
    return this.text.prompt(messages)
  }

  /** The tokens of a training example: those of its answers, and where they stand. */
  async learnt(
    example: Example
  ): Promise<{ readonly tokens: readonly number[]; readonly answers: readonly number[] }> {
    const [outcome] = await this.text.outcomes([example], '')
    if (!outcome || outcome instanceof Error) return { tokens: [], answers: [] }
    const whole = outcome.at(-1)
    const tokens = [...(whole?.tokens ?? [])]
    return { tokens, answers: tokens.filter((_, at) => whole?.learnt[at] === 1) }
  }
}

type Any = Readonly<Record<string, unknown>>

async function json(file: string): Promise<Any | null> {
  const text = await readFile(file, 'utf8').catch(() => null)
  return text === null ? null : (JSON.parse(text) as Any)
}
