// Answers a request whole, or piece by piece as server-sent events: several answers, and several prompts, at once.
import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { NeiroError } from '../contract/errors'
import type { Answering, Serving } from '../services/serving/serving'
import type { SpokenEnd } from '../services/serving/spoken'
import type { Request } from './requests'
import { Collected, usageShape, type Head, type Shapes } from './shapes'

export interface Sending {
  readonly serving: Pick<Serving, 'answer'>
  readonly response: ServerResponse
  readonly signal: AbortSignal
  /** how long a client may leave what it is sent lying */
  readonly patienceMs: number
  /** an error that came when the head was out already, as the client is told it */
  readonly failure: (error: unknown) => unknown
}

export async function complete(requests: readonly Request[], shapes: Shapes, to: Sending): Promise<void> {
  const [first] = requests
  if (!first) return
  const all: Answering[][] = []
  for (const { asked, n } of requests) all.push([...(await to.serving.answer(asked, n, to.signal))])
  const answers = all.flat()
  // a prompt counts once, however many answers it gets
  const prompt = all.reduce((sum, [answer]) => sum + (answer?.promptTokens ?? 0), 0)
  const head = {
    id: `${shapes.prefix}${randomUUID().replaceAll('-', '')}`,
    created: Math.floor(Date.now() / 1000),
    model: first.asked.model
  }
  await (first.stream
    ? stream(answers, { prompt, head, includeUsage: first.includeUsage }, shapes, to)
    : whole(answers, { prompt, head }, shapes, to))
}

interface About {
  readonly prompt: number
  readonly head: Head
}

async function whole(
  answers: readonly Answering[],
  { prompt, head }: About,
  shapes: Shapes,
  to: Sending
): Promise<void> {
  let completion = 0
  const choices = await Promise.all(
    answers.map(async ({ pieces }, index) => {
      const said = new Collected()
      const end = await each(pieces, (piece) => said.add(piece))
      completion += end.tokens
      return shapes.choice(index, said, end)
    })
  )
  to.signal.throwIfAborted()
  const body = { ...head, object: shapes.whole, choices, usage: usageShape(prompt, completion) }
  to.response.writeHead(200, { 'Content-Type': 'application/json; charset=utf-8' }).end(JSON.stringify(body))
}

async function stream(
  answers: readonly Answering[],
  { prompt, head, includeUsage }: About & { readonly includeUsage: boolean },
  shapes: Shapes,
  to: Sending
): Promise<void> {
  const { response } = to
  response.writeHead(200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-cache',
    'X-Accel-Buffering': 'no'
  })
  const send = (data: unknown): Promise<void> => write(response, `data: ${JSON.stringify(data)}\n\n`, to)
  const chunk = (choices: readonly unknown[], usage: unknown = null): Promise<void> =>
    send({ ...head, object: shapes.chunk, choices, ...(includeUsage && { usage }) })
  let completion = 0
  try {
    await Promise.all(
      answers.map(async ({ pieces }, index) => {
        const begin = shapes.begin(index)
        if (begin) await chunk([begin])
        const said = new Collected()
        const end = await each(pieces, async (piece) => {
          await chunk([shapes.piece(index, piece, said)])
          said.add(piece)
        })
        to.signal.throwIfAborted()
        completion += end.tokens
        await chunk([shapes.end(index, end)])
      })
    )
    if (includeUsage) await chunk([], usageShape(prompt, completion))
    response.end('data: [DONE]\n\n')
  } catch (error) {
    if (to.signal.aborted && response.destroyed) throw error
    // the status is out: the stream itself tells, as OpenAI's does
    response.end(`data: ${JSON.stringify(to.failure(error))}\n\n`)
    throw error
  }
}

async function each<T>(
  pieces: AsyncGenerator<T, SpokenEnd>,
  use: (piece: T) => void | Promise<void>
): Promise<SpokenEnd> {
  try {
    for (;;) {
      const next = await pieces.next()
      if (next.done) return next.value
      await use(next.value)
    }
  } finally {
    await pieces.return({ finished: 'length', tokens: 0 })
  }
}

/** Waits until the client takes it; one that does not is gone. */
function write(response: ServerResponse, text: string, { patienceMs }: Sending): Promise<void> {
  if (response.destroyed || response.writableEnded) return Promise.reject(new NeiroError('CANCELLED'))
  if (response.write(text)) return Promise.resolve()
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => response.destroy(), patienceMs)
    const done = (error?: Error): void => {
      clearTimeout(timer)
      response.off('drain', taken)
      response.off('close', gone)
      if (error) reject(error)
      else resolve()
    }
    const taken = (): void => done()
    const gone = (): void => done(new NeiroError('CANCELLED'))
    response.once('drain', taken)
    response.once('close', gone)
  })
}
