// How a folder in the form of sentence-transformers makes one vector of a text: modules.json lists the steps, each with
// a small file of its own. Without that list it is the mean, as sentence-transformers does it then. What is not
// calculated here is refused by its name.
import { NeiroError } from '../../contract/errors'
import type { Pooling } from '../../contract/trainer-protocol'
import { readJsonFile, readTextFile, type Json } from '../models/model-files'

export interface VectorForm {
  readonly pooling: Pooling
  /** to length 1 */
  readonly normalize: boolean
  readonly lowerCase: boolean
  /** stands before every text */
  readonly prompt: string
  /** longest text in tokens, with those that stand around it */
  readonly limit: number
}

interface Module {
  readonly kind: string
  readonly path: string
}

/** Names that the settings of the first step have had, by the family. */
const settingsFiles = [
  'sentence_bert_config.json',
  'sentence_roberta_config.json',
  'sentence_distilbert_config.json',
  'sentence_xlm-roberta_config.json'
]

/** most: tokens that the model can read here. Throws EMBEDDING_FORM {model, what}, BROKEN_MODEL_FILE. */
export async function vectorFormOf(dir: string, model: string, most: number): Promise<VectorForm> {
  const refused = (what: string): NeiroError => new NeiroError('EMBEDDING_FORM', { model, what })
  const modules = await modulesOf(dir, refused)
  // fetched without the list, and the mean may be wrong
  if (!modules && (await isSaidToHaveForm(dir))) throw refused('modules.json')
  const [first, second, ...others] = modules ?? [{ kind: 'Transformer', path: '' }]
  if (first?.kind !== 'Transformer' || first.path !== '') throw refused('modules.json')
  const settings = await settingsOf(dir)
  const said = settings['max_seq_length']
  const stray = others.find(({ kind }, at) => kind !== 'Normalize' || at > 0)
  if (stray) throw refused(`modules.json: ${stray.kind}`)
  return {
    pooling: second ? await poolingOf(dir, second, refused) : 'mean',
    normalize: others.length > 0,
    lowerCase: settings['do_lower_case'] === true,
    prompt: await promptOf(dir),
    limit: typeof said === 'number' && said >= 1 ? Math.min(Math.floor(said), most) : most
  }
}

async function modulesOf(
  dir: string,
  refused: (what: string) => NeiroError
): Promise<readonly Module[] | null> {
  const text = await readTextFile(dir, 'modules.json', 64 * 1024)
  if (text === null) return null
  try {
    return (JSON.parse(text) as readonly Json[]).map(({ type, path }) => ({
      // sentence_transformers.models.Pooling; later releases have longer paths
      kind: String(type).split('.').at(-1) ?? '',
      path: String(path ?? '')
    }))
  } catch {
    throw refused('modules.json')
  }
}

/** In the front matter of its card, as the library's name or a tag. */
async function isSaidToHaveForm(dir: string): Promise<boolean> {
  const card = (await readTextFile(dir, 'README.md'))?.slice(0, 64 * 1024) ?? ''
  const front = /^---\r?\n([\s\S]*?)\r?\n---/.exec(card)?.[1] ?? ''
  return /^([ \t]*-[ \t]*|library_name:[ \t]*)["']?sentence-transformers["']?[ \t\r]*$/m.test(front)
}

async function settingsOf(dir: string): Promise<Json> {
  for (const name of settingsFiles) {
    const found = await readJsonFile(dir, name)
    if (found) return found
  }
  return {}
}

async function poolingOf(
  dir: string,
  { kind, path }: Module,
  refused: (what: string) => NeiroError
): Promise<Pooling> {
  if (kind !== 'Pooling') throw refused(`modules.json: ${kind}`)
  // a list of strangers leads nowhere but into its own folder
  if (!/^\w[\w.-]*$/.test(path)) throw refused(`modules.json: ${path}`)
  const file = `${path}/config.json`
  const said = await readJsonFile(dir, file)
  if (!said) throw refused(file)
  if (said['include_prompt'] === false) throw refused(`${file}: include_prompt`)
  // one word, or a flag for each
  const words = { mean: 'mean', mean_tokens: 'mean', cls: 'cls', cls_token: 'cls' } as const
  const flags = Object.keys(said).filter((name) => said[name] === true && name.startsWith('pooling_mode_'))
  const modes =
    typeof said['pooling_mode'] === 'string'
      ? [said['pooling_mode']]
      : flags.map((name) => name.slice('pooling_mode_'.length))
  const [mode = 'mean', another] = modes
  if (another !== undefined || !Object.hasOwn(words, mode)) throw refused(`${file}: ${modes.join(', ')}`)
  return words[mode as keyof typeof words]
}

async function promptOf(dir: string): Promise<string> {
  const said = (await readJsonFile(dir, 'config_sentence_transformers.json')) ?? {}
  const name = said['default_prompt_name']
  const prompts = said['prompts']
  if (typeof name !== 'string' || typeof prompts !== 'object' || prompts === null) return ''
  const prompt = (prompts as Json)[name]
  return typeof prompt === 'string' ? prompt : ''
}
