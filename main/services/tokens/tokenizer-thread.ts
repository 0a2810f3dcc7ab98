// A thread that runs the Rust tokenizer, with calls that answer at once: the library only offers promises, while
// encoding a text is a plain function everywhere else. Long work is asked for aside, so that nothing waits for it.
// A thread that is gone is an error of the call that needed it, and is started again for the next one.
// Knows nothing of models, examples or templates.
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { MessageChannel, receiveMessageOnPort, Worker, type MessagePort } from 'node:worker_threads'
import { NeiroError } from '../../contract/errors'

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
// a tokenizer.json may carry are switched off, they would cut texts silently.
const program = `
const { workerData: { here, file, port, aside, signal, beatMs } } = require('node:worker_threads')
const signs = new Int32Array(signal)
const sign = () => {
  Atomics.add(signs, 0, 1)
  Atomics.notify(signs, 0)
}
const reply = (value) => {
  port.postMessage(value)
  sign()
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
  const finish = (call, say) => {
    // the library works on threads of its own: this one goes on beating
    const beat = setInterval(sign, beatMs)
    return answer(call)
      .then(
        (result) => say({ result }),
        (error) => say({ error: message(error) })
      )
      .finally(() => clearInterval(beat))
  }
  port.on('message', (call) => finish(call, reply))
  aside.on('message', ({ id, call }) => finish(call, (said) => aside.postMessage({ id, ...said })))
  reply({ result: { vocabSize: tokenizer.getVocabSize(true), added } })
} catch (error) {
  reply({ error: message(error) })
}
`

type Reply = { readonly result: unknown } | { readonly error: string }

/** One look of whoever waits, milliseconds; the thread beats as often while it works. */
const beatMs = 250
/** So many looks without an answer or a beat, and nobody works there any more. */
const patience = 32
/** Reading a file says nothing until it is done; a large one takes seconds. */
const patienceForLoading = 4 * 60

/** A running thread and the ways to it. */
interface Running {
  readonly worker: Worker
  readonly port: MessagePort
  readonly aside: MessagePort
  /** answers and beats so far */
  readonly signal: Int32Array
}

export class TokenizerThread {
  /** asked aside and not answered yet */
  readonly #open = new Map<number, (reply: Reply | null) => void>()
  #running: Running | null
  #asked = 0

  private constructor(
    private readonly file: string,
    running: Running
  ) {
    this.#running = this.#watched(running)
  }

  /** Starts the thread and loads the file; throws BROKEN_TOKENIZER with the library's own sentence. */
  static async start(file: string): Promise<{ thread: TokenizerThread; facts: TokenizerFacts }> {
    const running = run(file)
    const first = await new Promise<Reply>((resolve) => {
      running.port.once('message', resolve)
      running.worker.once('error', ({ message }) => resolve({ error: message }))
      running.worker.once('exit', (code) => resolve({ error: `exit ${code}` }))
    })
    return { facts: loaded(file, first, running), thread: new TokenizerThread(file, running) }
  }

  /** Sends one call and waits for its answer: about 50 microseconds besides the work itself. Throws
   *  TOKENIZER_STOPPED where none comes; the next call starts the thread again. */
  call(call: ThreadCall): unknown {
    const running = this.#alive()
    running.port.postMessage(call)
    const reply = replyFrom(running, patience)
    if (!reply) this.#stopped(running)
    return this.#resultOf(reply)
  }

  /** Sends one call and goes on: for work that takes more than a few milliseconds. */
  async callAside(call: ThreadCall): Promise<unknown> {
    const { aside } = this.#alive()
    const id = ++this.#asked
    // while an answer is open, the program lasts
    aside.ref()
    const reply = await new Promise<Reply | null>((answered) => {
      this.#open.set(id, answered)
      aside.postMessage({ id, call })
    })
    return this.#resultOf(reply)
  }

  close(): void {
    if (this.#running) this.#stopped(this.#running)
  }

  /** The thread as it runs; a new one where it has stopped. */
  #alive(): Running {
    if (this.#running) return this.#running
    const running = run(this.file)
    loaded(this.file, replyFrom(running, patienceForLoading), running)
    return (this.#running = this.#watched(running))
  }

  #watched(running: Running): Running {
    const { worker, port, aside } = running
    aside.on('message', ({ id, ...reply }: Reply & { id: number }) => this.#answer(id, reply))
    worker.on('exit', () => this.#stopped(running))
    // none of them may keep a finished program alive
    worker.unref()
    port.unref()
    aside.unref()
    return running
  }

  #stopped(running: Running): void {
    void running.worker.terminate()
    if (this.#running !== running) return
    this.#running = null
    for (const id of [...this.#open.keys()]) this.#answer(id, null)
  }

  #answer(id: number, reply: Reply | null): void {
    this.#open.get(id)?.(reply)
    this.#open.delete(id)
    if (this.#open.size === 0) this.#running?.aside.unref()
  }

  #resultOf(reply: Reply | null): unknown {
    if (!reply) throw new NeiroError('TOKENIZER_STOPPED', { file: this.file })
    if ('error' in reply) throw new Error(reply.error)
    return reply.result
  }
}

function run(file: string): Running {
  const { port1: port, port2 } = new MessageChannel()
  const { port1: aside, port2: asideThere } = new MessageChannel()
  const signal = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)
  const here = dirname(fileURLToPath(import.meta.url))
  const workerData = { here, file, port: port2, aside: asideThere, signal, beatMs }
  const worker = new Worker(program, { eval: true, workerData, transferList: [port2, asideThere] })
  // its end is heard by 'exit'; an error that nobody hears would end the program
  worker.on('error', () => undefined)
  return { worker, port, aside, signal: new Int32Array(signal) }
}

function loaded(file: string, first: Reply | null, { worker }: Running): TokenizerFacts {
  if (first && 'result' in first) return first.result as TokenizerFacts
  void worker.terminate()
  throw new NeiroError('BROKEN_TOKENIZER', { file, reason: first?.error ?? '—' })
}

/** Waits while the thread shows that it works; null where it does not. */
function replyFrom({ port, signal }: Running, looks: number): Reply | null {
  for (let silent = 0; silent < looks;) {
    // looked at first: an answer that comes after this look changes it, and the wait ends at once
    const seen = Atomics.load(signal, 0)
    const received = receiveMessageOnPort(port) as { message: Reply } | undefined
    if (received) return received.message
    silent = Atomics.wait(signal, 0, seen, beatMs) === 'timed-out' ? silent + 1 : 0
  }
  return null
}
