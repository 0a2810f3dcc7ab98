// What a client asks, from OpenAI's form to ours. What is not understood is refused by its name, never passed over.
import { randomInt } from 'node:crypto'
import type { Message } from '../contract/records'
import type { Asked } from '../services/serving/serving'
import { Fields, isObject, notSupported, wrong, type Json } from './fields'

export interface Request {
  readonly asked: Asked
  /** answers to the same question */
  readonly n: number
  readonly stream: boolean
  readonly includeUsage: boolean
}

const mostMessages = 2048
const mostStops = 16
const mostAnswers = 16
const mostTokens = 1_000_000

export function chatRequest(body: Json): Request {
  const fields = new Fields(body)
  const common = commonOf(fields)
  const messages = messagesOf(fields)
  const most =
    fields.whole('max_completion_tokens', 1, mostTokens) ?? fields.whole('max_tokens', 1, mostTokens)
  fields.ignore('max_tokens')
  const logprobs = fields.flag('logprobs') ?? false
  const top = fields.whole('top_logprobs', 0, 20)
  if (top !== undefined && !logprobs) throw wrong('logprobs', 'true')
  fields.refuse('tools')
  fields.refuse('tool_choice', (value) => value === 'none' || value === 'auto')
  fields.refuse('functions')
  fields.refuse('function_call', (value) => value === 'none' || value === 'auto')
  fields.refuse('response_format', (value) => isObject(value) && value['type'] === 'text')
  fields.refuse('modalities', (value) => Array.isArray(value) && value.every((one) => one === 'text'))
  for (const name of ['audio', 'prediction', 'web_search_options']) fields.refuse(name)
  fields.ignore('parallel_tool_calls')
  fields.end()
  return {
    ...common,
    asked: {
      ...common.asked,
      opening: { kind: 'messages', messages },
      maxNewTokens: most ?? null,
      likeliest: logprobs ? (top ?? 0) : null
    }
  }
}

/** One for each prompt. */
export function completionRequests(body: Json): readonly Request[] {
  const fields = new Fields(body)
  const common = commonOf(fields)
  const prompt = fields.needed('prompt', fields.value('prompt'))
  const texts = typeof prompt === 'string' ? [prompt] : prompt
  const fine = Array.isArray(texts) && texts.length > 0 && texts.every((one) => typeof one === 'string')
  if (!fine) throw wrong('prompt', '"…", ["…"]')
  if (texts.length > mostAnswers) throw wrong('prompt', `["…"] × ${mostAnswers}`)
  // OpenAI's own default of old
  const most = fields.whole('max_tokens', 1, mostTokens) ?? 16
  const logprobs = fields.whole('logprobs', 0, 20)
  fields.refuse('echo')
  fields.refuse('suffix', (value) => value === '')
  fields.refuse('best_of', (value) => value === common.n)
  fields.end()
  return (texts as readonly string[]).map((text) => ({
    ...common,
    asked: {
      ...common.asked,
      opening: { kind: 'text', text },
      maxNewTokens: most,
      likeliest: logprobs ?? null
    }
  }))
}

type Common = Omit<Request, 'asked'> & { readonly asked: Pick<Asked, 'model' | 'stopStrings' | 'sampling'> }

function commonOf(fields: Fields): Common {
  const model = fields.needed('model', fields.text('model'))
  const stream = fields.flag('stream') ?? false
  const sampling = {
    temperature: fields.number('temperature', 0, 2) ?? 1,
    topP: fields.number('top_p', 0, 1) ?? 1,
    topK: fields.whole('top_k', 0, mostTokens) ?? 0,
    minP: fields.number('min_p', 0, 1) ?? 0,
    repetitionPenalty: fields.number('repetition_penalty', 0.01, 10) ?? 1,
    presencePenalty: fields.number('presence_penalty', -2, 2) ?? 0,
    frequencyPenalty: fields.number('frequency_penalty', -2, 2) ?? 0,
    seed: Math.abs(
      fields.whole('seed', Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER - 1024) ?? randomInt(2 ** 47)
    )
  }
  if (sampling.topP === 0) throw wrong('top_p', '0 < top_p ≤ 1')
  fields.refuse('logit_bias')
  fields.refuse('reasoning_effort')
  fields.refuse('verbosity')
  fields.ignore('user', 'metadata', 'store', 'service_tier', 'safety_identifier', 'prompt_cache_key')
  return {
    n: fields.whole('n', 1, mostAnswers) ?? 1,
    stream,
    includeUsage: usageOf(fields, stream),
    asked: { model, stopStrings: stopsOf(fields), sampling }
  }
}

function usageOf(fields: Fields, stream: boolean): boolean {
  const options = fields.value('stream_options')
  if (options === undefined) return false
  if (!isObject(options) || !stream) throw wrong('stream_options', '"stream": true')
  const own = new Fields(options, 'stream_options.')
  const wanted = own.flag('include_usage') ?? false
  own.ignore('include_obfuscation')
  own.end()
  return wanted
}

function stopsOf(fields: Fields): readonly string[] {
  const stop = fields.value('stop')
  if (stop === undefined) return []
  const all: readonly unknown[] = Array.isArray(stop) ? stop : [stop]
  const fine = all.length <= mostStops && all.every((one) => typeof one === 'string' && one !== '')
  if (!fine) throw wrong('stop', `"…", ["…"] (≤ ${mostStops})`)
  return all as readonly string[]
}

function messagesOf(fields: Fields): readonly Message[] {
  const all = fields.needed('messages', fields.value('messages'))
  if (!Array.isArray(all) || all.length === 0 || all.length > mostMessages) {
    throw wrong('messages', `[{ "role": "user", "content": "…" }] (1 – ${mostMessages})`)
  }
  const messages = all.map(messageOf)
  // system texts stand first in every template that knows them
  const system = messages.filter(({ role }) => role === 'system').map(({ content }) => content)
  const turns = messages.filter(({ role }) => role !== 'system')
  if (turns.length === 0) throw wrong('messages', '"role": "user"')
  return system.length === 0 ? turns : [{ role: 'system', content: system.join('\n\n') }, ...turns]
}

const roles: Readonly<Record<string, Message['role']>> = {
  system: 'system',
  developer: 'system',
  user: 'user',
  assistant: 'assistant'
}

function messageOf(given: unknown, at: number): Message {
  const within = `messages[${at}].`
  if (!isObject(given)) throw wrong(`messages[${at}]`, '{ "role": "…", "content": "…" }')
  const fields = new Fields(given, within)
  const said = fields.needed('role', fields.text('role'))
  if (said === 'tool' || said === 'function') throw notSupported(`${within}role: ${said}`)
  const role = Object.hasOwn(roles, said) ? roles[said] : undefined
  if (!role) throw wrong(`${within}role`, 'system, developer, user, assistant')
  for (const name of ['tool_calls', 'function_call', 'refusal', 'audio', 'annotations']) fields.refuse(name)
  fields.ignore('name')
  const thought = fields.text('reasoning_content')
  const content = contentOf(fields.needed('content', fields.value('content')), `${within}content`)
  fields.end()
  return {
    role,
    content,
    ...(role === 'assistant' && thought !== undefined && { reasoning_content: thought })
  }
}

function contentOf(content: unknown, path: string): string {
  if (typeof content === 'string') return content
  if (!Array.isArray(content)) throw wrong(path, '"…"')
  const parts = content.map((part: unknown, at) => {
    const type = isObject(part) ? part['type'] : undefined
    if (typeof type === 'string' && type !== 'text')
      throw notSupported(`${path}[${at}].type: ${type.slice(0, 40)}`)
    const text = isObject(part) ? part['text'] : undefined
    if (type !== 'text' || typeof text !== 'string')
      throw wrong(`${path}[${at}]`, '{ "type": "text", "text": "…" }')
    return text
  })
  return parts.join('')
}
