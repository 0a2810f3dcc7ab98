// A thread that runs the Rust tokenizer, with calls that answer at once: the library only offers promises, while
// encoding a row is a plain function everywhere else. Long work is asked for aside, so that nothing waits for it.
// Knows nothing of models, rows or templates.
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { MessageChannel, receiveMessageOnPort, Worker, type MessagePort } from 'node:worker_threads'

/** A token added beside the vocabulary, as tokenizer.json lists it. */
export interface AddedToken {
  readonly id: number
  readonly content: string
  readonly special: boolean
}

export interface TokenizerFacts {
  readonly vocabSize: number
  readonly added: readonly AddedToken[]
}

export type ThreadCall =
  | { readonly encode: readonly string[]; readonly addSpecialTokens: boolean }
  | { readonly decode: readonly (readonly number[])[]; readonly skipSpecialTokens: boolean }
  | { readonly idsOf: readonly string[] }
  | { readonly tokensOf: readonly number[] }

// Plain JavaScript: an evaluated worker needs no file of its own in the bundle. Truncation and padding that
// a tokenizer.json may carry are switched off, they would cut rows silently.
const program = `
const { workerData: { here, file, port, aside, signal } } = require('node:worker_threads')
const answers = new Int32Array(signal)
const reply = (value) => {
  port.postMessage(value)
  Atomics.add(answers, 0, 1)
  Atomics.notify(answers, 0)
}
const message = (error) => String((error && error.message) || error)
try {
  const { readFileSync } = require('node:fs')
  const { Tokenizer } = require(require.resolve('@anush008/tokenizers', { paths: [here] }))
  const text = readFileSync(file, 'utf8')
  const added = (JSON.parse(text).added_tokens || []).map(({ id, content, special }) => ({ id, content, special }))
  const tokenizer = Tokenizer.fromString(text)
  tokenizer.disableTruncation()
  tokenizer.disablePadding()
  const answer = async (call) => {
    if (call.encode) {
      const encodings = await tokenizer.encodeBatch(call.encode, { addSpecialTokens: call.addSpecialTokens })
      return encodings.map((encoding) => Int32Array.from(encoding.getIds()))
    }
    if (call.decode) return tokenizer.decodeBatch(call.decode, call.skipSpecialTokens)
    if (call.idsOf) return call.idsOf.map((token) => tokenizer.tokenToId(token))
    return call.tokensOf.map((id) => tokenizer.idToToken(id))
  }
  const finish = (call, say) =>
    answer(call).then(
      (result) => say({ result }),
      (error) => say({ error: message(error) })
    )
  port.on('message', (call) => finish(call, reply))
  aside.on('message', ({ id, call }) => finish(call, (said) => aside.postMessage({ id, ...said })))
  reply({ result: { vocabSize: tokenizer.getVocabSize(true), added } })
} catch (error) {
  reply({ error: message(error) })
}
`

type Reply = { readonly result: unknown } | { readonly error: string }

export class TokenizerThread {
  /** asked aside and not answered yet */
  readonly #open = new Map<number, (reply: Reply) => void>()
  #asked = 0

  private constructor(
    private readonly worker: Worker,
    private readonly port: MessagePort,
    private readonly aside: MessagePort,
    private readonly answers: Int32Array
  ) {
    aside.on('message', ({ id, ...reply }: Reply & { id: number }) => this.#answer(id, reply))
    worker.on('exit', () => {
      for (const id of this.#open.keys()) this.#answer(id, { error: 'the tokenizer has been closed' })
    })
    // none of them may keep a finished program alive
    worker.unref()
    port.unref()
    aside.unref()
  }

  /** Starts the thread and loads the file; rejects with the library's own sentence. */
  static async start(file: string): Promise<{ thread: TokenizerThread; facts: TokenizerFacts }> {
    const { port1, port2 } = new MessageChannel()
    const { port1: aside, port2: asideThere } = new MessageChannel()
    const signal = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)
    const here = dirname(fileURLToPath(import.meta.url))
    const workerData = { here, file, port: port2, aside: asideThere, signal }
    const worker = new Worker(program, { eval: true, workerData, transferList: [port2, asideThere] })
    const first = await new Promise<Reply>((resolve, reject) => {
      port1.once('message', resolve)
      worker.once('error', reject)
    })
    if ('error' in first) {
      await worker.terminate()
      throw new Error(first.error)
    }
    const thread = new TokenizerThread(worker, port1, aside, new Int32Array(signal))
    return { thread, facts: first.result as TokenizerFacts }
  }

  /** Sends one call and waits for its answer: about 50 microseconds besides the work itself. */
  call(call: ThreadCall): unknown {
    this.port.postMessage(call)
    let received: { message: Reply } | undefined
    for (;;) {
      // looked at first: an answer that comes after this look changes it, and the wait ends at once
      const seen = Atomics.load(this.answers, 0)
      received = receiveMessageOnPort(this.port) as { message: Reply } | undefined
      if (received) break
      Atomics.wait(this.answers, 0, seen)
    }
    return resultOf(received.message)
  }

  /** Sends one call and goes on: for work that takes more than a few milliseconds. */
  async callAside(call: ThreadCall): Promise<unknown> {
    const id = ++this.#asked
    // while an answer is open, the program lasts
    this.aside.ref()
    const reply = await new Promise<Reply>((answered) => {
      this.#open.set(id, answered)
      this.aside.postMessage({ id, call })
    })
    return resultOf(reply)
  }

  #answer(id: number, reply: Reply): void {
    this.#open.get(id)?.(reply)
    this.#open.delete(id)
    if (this.#open.size === 0) this.aside.unref()
  }

  close(): void {
    void this.worker.terminate()
  }
}

function resultOf(reply: Reply): unknown {
  if ('error' in reply) throw new Error(reply.error)
  return reply.result
}
