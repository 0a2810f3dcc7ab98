// Of everything that lies in a model's place on the hub, what a training needs: weights once, config, tokenizer, template,
// licence. Pure.
import { NeiroError } from '../../../contract/errors'
import type { HubFile, HubListing } from './listing'

/** Small files are asked for one by one: a place with thousands of them is no model. */
const largestSmall = 200 * 1024 * 1024
const mostShards = 500

const needed =
  /^(modules|sentence_[\w-]+_config|config_sentence_transformers|config|generation_config|tokenizer|tokenizer_config|special_tokens_map|added_tokens|preprocessor_config|vocab|chat_template)\.json$|^(merges|vocab)\.txt$|^(tokenizer|spiece|sentencepiece(\.bpe)?)\.model$|^chat_template\.jinja$|^readme\.md$/i
/** how a model for embeddings makes one vector of its tokens' */
const pooling = /^\d+_Pooling\/config\.json$/
const legal =
  /^(licen[cs]e|notice|copying|use_policy|gemma[-_]terms|.*terms[-_]of[-_]use|.*licen[cs]e)[^/]*$/i

/** wanted: one weights file that was named. Throws HUB_PICKLE_ONLY or HUB_NO_WEIGHTS {model}. */
export function chooseFiles(listing: HubListing, wanted: string | null = null): readonly HubFile[] {
  // what lies below is another form of the same: onnx/, original/, a checkpoint
  const here = listing.files.filter(({ path }) => !path.includes('/'))
  const weights = chooseWeights(listing, here, wanted)
  const isGguf = weights.some(({ path }) => isGgufName(path))
  const small = listing.files.filter(
    ({ path, size }) =>
      size <= largestSmall && (path.includes('/') ? pooling.test(path) && !isGguf : isWanted(path, isGguf))
  )
  return [...small, ...weights]
}

const isWanted = (path: string, isGguf: boolean): boolean =>
  legal.test(path) ? !isWeights(path) : needed.test(path) && (!isGguf || wantedBesideGguf(path))

/** A GGUF says its config and tokenizer itself. */
const wantedBesideGguf = (path: string): boolean => /^readme\.md$/i.test(path)

const isGgufName = (path: string): boolean => /\.gguf$/i.test(path)
const isWeights = (path: string): boolean =>
  /\.(safetensors|gguf|bin|pt|pth|ckpt|onnx|h5|msgpack)(\.index\.json)?$/i.test(path)

function chooseWeights(
  { model, files }: HubListing,
  here: readonly HubFile[],
  wanted: string | null
): readonly HubFile[] {
  const named = wanted === null ? undefined : files.find(({ path }) => path === wanted && isGgufName(path))
  if (named) return [named]
  const whole = here.find(({ path }) => path === 'model.safetensors')
  if (whole) return [whole]
  const index = here.find(({ path }) => path === 'model.safetensors.index.json')
  const shards = here.filter(({ path }) => /^model(\.safetensors)?-\d{5}-of-\d{5}\.safetensors$/.test(path))
  if (index && shards.length > 0 && shards.length <= mostShards) {
    const count = Number(/of-(\d{5})/.exec(shards[0]?.path ?? '')?.[1])
    if (shards.length === count) return [index, ...shards]
  }
  const gguf = preferredGguf(here)
  if (gguf) return [gguf]
  if (here.some(({ path }) => /\.(bin|pt|pth|ckpt)$/i.test(path)))
    throw new NeiroError('HUB_PICKLE_ONLY', { model })
  throw new NeiroError('HUB_NO_WEIGHTS', { model })
}

/** To learn on, the least rounded that is still small; one in several parts is none. */
const ggufOrder = [/q8_0/i, /q6_k/i, /q5_k_m/i, /q4_k_m/i, /q5/i, /q4/i, /bf16/i, /f16/i, /./]

function preferredGguf(here: readonly HubFile[]): HubFile | undefined {
  const files = here.filter(({ path }) => isGgufName(path) && !/-\d{5}-of-\d{5}\.gguf$|mmproj/i.test(path))
  for (const form of ggufOrder) {
    const found = files.find(({ path }) => form.test(path))
    if (found) return found
  }
  return undefined
}
