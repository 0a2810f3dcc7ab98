// The official openai client against `neiro api`, unchanged: chat, stream, completions, error paths, two adapters at
// once, and clients that leave.
import { execFileSync } from 'node:child_process'
import OpenAI from 'openai'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { ServedApi } from './served-api'

let api: ServedApi
let client: OpenAI
let base = ''
let first = ''
let second = ''
beforeAll(async () => {
  api = await ServedApi.start()
  client = api.client()
  ;[base = '', first = '', second = ''] = api.models
}, 240_000)
afterAll(() => api.remove())

const messages = [{ role: 'user', content: '送料は' }] as const
const greedy = { messages: [...messages], temperature: 0, max_tokens: 12 }
const ask = async (model: string, more: object = {}): Promise<string> =>
  (await client.chat.completions.create({ model, ...greedy, ...more, stream: false })).choices[0]?.message
    .content ?? ''

describe('models', () => {
  test('are the base and what was tuned on it, by names that a program can write', async () => {
    const ids: string[] = []
    for await (const model of client.models.list()) ids.push(model.id)
    expect(ids).toEqual(api.models)
    expect(ids).toHaveLength(3)
    expect(second).toBe('二つ目-の学習')
    expect((await client.models.retrieve(second)).id).toBe(second)
    await expect(client.models.retrieve('nobody')).rejects.toBeInstanceOf(OpenAI.NotFoundError)
  })

  test('answer each in its own way, and each always in the same', async () => {
    const said = await Promise.all([base, first, second].map((model) => ask(model)))
    expect(new Set(said).size).toBeGreaterThan(1)
    expect(await Promise.all([base, first, second].map((model) => ask(model)))).toEqual(said)
  })
})

describe('chat', () => {
  test('whole: choices, usage, finish reason', async () => {
    const whole = await client.chat.completions.create({
      model: second,
      ...greedy,
      n: 2,
      seed: 5,
      temperature: 1
    })
    expect(whole.object).toBe('chat.completion')
    expect(whole.choices.map(({ index }) => index)).toEqual([0, 1])
    expect(whole.choices[0]?.message.content).not.toBe(whole.choices[1]?.message.content)
    expect(['stop', 'length']).toContain(whole.choices[0]?.finish_reason)
    const { prompt_tokens, completion_tokens, total_tokens } = whole.usage ?? {}
    expect(total_tokens).toBe((prompt_tokens ?? 0) + (completion_tokens ?? 0))
    expect(completion_tokens).toBeLessThanOrEqual(24)
    // with the same seed the same
    const again = await client.chat.completions.create({
      model: second,
      ...greedy,
      n: 2,
      seed: 5,
      temperature: 1
    })
    expect(again.choices).toEqual(whole.choices)
  })

  test('as a stream says the same, with its usage at the end', async () => {
    const whole = await ask(second)
    const stream = await client.chat.completions.create({
      ...{ model: second, ...greedy, stream: true },
      stream_options: { include_usage: true }
    })
    let said = ''
    let usage = 0
    let finished: string | null = null
    for await (const chunk of stream) {
      said += chunk.choices[0]?.delta.content ?? ''
      finished = chunk.choices[0]?.finish_reason ?? finished
      usage = chunk.usage?.completion_tokens ?? usage
    }
    expect(said).toBe(whole)
    expect(finished).toMatch(/^(stop|length)$/)
    expect(usage).toBeGreaterThan(0)
  })

  test('the client collects a stream by itself', async () => {
    const runner = client.chat.completions.stream({ model: first, ...greedy })
    expect((await runner.finalChatCompletion()).choices[0]?.message.content).toBe(await ask(first))
  })

  test('ends before a stop string, wherever it stands', async () => {
    const whole = await ask(second)
    const stop = [...whole].slice(2, 4).join('')
    const cut = await client.chat.completions.create({ model: second, ...greedy, stop: [stop, 'XYZ'] })
    expect(cut.choices[0]?.message.content).toBe(whole.slice(0, whole.indexOf(stop)))
    expect(cut.choices[0]?.finish_reason).toBe('stop')
  })

  test('gives probabilities: of greedy answers each token is the likeliest', async () => {
    const { choices } = await client.chat.completions.create({
      ...{ model: second, ...greedy, logprobs: true, top_logprobs: 3 }
    })
    const tokens = choices[0]?.logprobs?.content ?? []
    expect(tokens.length).toBeGreaterThan(0)
    for (const { token, logprob, top_logprobs } of tokens) {
      expect(top_logprobs).toHaveLength(3)
      expect(top_logprobs[0]).toMatchObject({ token, logprob })
      expect(logprob).toBeLessThanOrEqual(0)
    }
  })

  test('takes content in parts, and a system message of its own', async () => {
    const parts = [{ type: 'text', text: '送' } as const, { type: 'text', text: '料は' } as const]
    expect(await ask(second, { messages: [{ role: 'user', content: parts }] })).toBe(await ask(second))
    const system = { role: 'developer', content: '一言で' } as const
    const tokens = async (all: readonly object[]): Promise<number> =>
      (await client.chat.completions.create({ model: second, ...greedy, messages: all as never })).usage
        ?.prompt_tokens ?? 0
    expect(await tokens([system, ...messages])).toBeGreaterThan(await tokens(messages))
  })
})

test('completions continue texts, several at once', async () => {
  const asked = { model: second, temperature: 0, max_tokens: 6 }
  const both = await client.completions.create({ ...asked, prompt: ['送料は', '返品は'], logprobs: 2 })
  expect(both.choices).toHaveLength(2)
  const alone = await client.completions.create({ ...asked, prompt: '送料は' })
  expect(both.choices[0]?.text).toBe(alone.choices[0]?.text)
  expect(both.choices[0]?.logprobs?.tokens).toHaveLength(both.choices[0]?.logprobs?.text_offset?.length ?? -1)
})

describe('what is refused', () => {
  const bad = (more: object): Promise<unknown> =>
    client.chat.completions.create({ model: base, ...greedy, ...more } as never)

  test.each([
    [{ tools: [{ type: 'function', function: { name: 'f' } }] }, 'tools'],
    [{ response_format: { type: 'json_schema', json_schema: { name: 'x' } } }, 'response_format'],
    [{ logit_bias: { 5: 3 } }, 'logit_bias'],
    [{ made_up: 1 }, 'made_up'],
    [{ temperature: 3 }, 'temperature'],
    [{ max_tokens: 0 }, 'max_tokens'],
    [{ n: 1.5 }, 'n'],
    [{ stop: [''] }, 'stop'],
    [{ top_logprobs: 2 }, 'logprobs'],
    [{ messages: [] }, 'messages'],
    [{ messages: [{ role: 'tool', content: 'x' }] }, 'messages[0].role: tool'],
    [
      { messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'x' } }] }] },
      'messages[0].content[0].type: image_url'
    ]
  ])('%j', async (more, param) => {
    const error = await bad(more).catch((one: unknown) => one)
    expect(error).toBeInstanceOf(OpenAI.BadRequestError)
    expect(error).toMatchObject({ status: 400, param, type: 'invalid_request_error' })
  })

  test('a model that is not there, a text that is too long, embeddings', async () => {
    await expect(ask('nobody')).rejects.toMatchObject({
      status: 404,
      code: 'model_not_found',
      param: 'model'
    })
    const long = [{ role: 'user', content: 'あ'.repeat(5000) }]
    await expect(ask(base, { messages: long })).rejects.toMatchObject({
      status: 400,
      code: 'context_length_exceeded'
    })
    await expect(client.embeddings.create({ model: base, input: 'x' })).rejects.toMatchObject({
      ...{ status: 400, code: 'unsupported_model' }
    })
  })

  test('another key, and none', async () => {
    const other = api.client({ apiKey: 'neiro-someone-elses-key' })
    await expect(other.models.list()).rejects.toBeInstanceOf(OpenAI.AuthenticationError)
    expect((await fetch(`${api.url}/models`)).status).toBe(401)
  })
})

test('curl works unchanged', () => {
  const said = execFileSync(
    'curl',
    [
      ...['-sS', '-N', `${api.url}/chat/completions`, '-H', `Authorization: Bearer ${api.key}`],
      ...['-H', 'Content-Type: application/json'],
      ...['-d', JSON.stringify({ model: first, ...greedy, stream: true })]
    ],
    { encoding: 'utf8' }
  )
  expect(said.trimEnd().endsWith('data: [DONE]')).toBe(true)
})

describe('many at once', () => {
  test('50 requests on two adapters get what each gets alone', async () => {
    const alone = new Map<string, string>()
    const questions = Array.from({ length: 50 }, (_, at) => ({
      model: at % 2 === 0 ? first : second,
      more: {
        messages: [{ role: 'user', content: `質問${at % 5}は` }],
        seed: at % 5,
        temperature: at % 3 === 0 ? 0 : 0.9
      }
    }))
    const key = (at: number): string => `${at % 2} ${at % 5} ${at % 3}`
    for (const [at, { model, more }] of questions.entries()) {
      if (!alone.has(key(at))) alone.set(key(at), await ask(model, more))
    }
    const together = await Promise.all(questions.map(({ model, more }) => ask(model, more)))
    expect(together).toEqual(questions.map((_, at) => alone.get(key(at))))
  })

  test('a client that leaves frees its place', async () => {
    const abort = new AbortController()
    const long = { model: second, messages: [...messages], max_tokens: 200, stream: true as const }
    const streams = await Promise.all(
      Array.from({ length: 24 }, () => client.chat.completions.create(long, { signal: abort.signal }))
    )
    expect(streams).toHaveLength(24)
    abort.abort()
    await vi.waitFor(async () => expect(await api.health()).toMatchObject({ answering: 0, waiting: 0 }), {
      ...{ timeout: 10_000, interval: 50 }
    })
    expect(await ask(second)).not.toBe('')
  })
})

test('Ctrl-C ends it', async () => {
  expect(await api.stop()).toBe(0)
})
