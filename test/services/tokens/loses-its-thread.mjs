// A program whose tokenizer's thread goes: before a call, during one, and with calls open aside. Says what became of
// each as JSON. It is one of its own because a call that waits for ever could be ended by nobody else.
import { syncBuiltinESMExports } from 'node:module'
import threads from 'node:worker_threads'
import { register } from 'tsx/esm/api'

const started = []
const { Worker } = threads
threads.Worker = class extends Worker {
  constructor(...args) {
    super(...args)
    started.push(this)
  }
}
syncBuiltinESMExports()
register()
const { Tokenizer } = await import('../../../main/services/tokens/tokenizer.ts')

const tokenizer = await Tokenizer.load(process.argv[2])
const text = 'the answer 東京'
const before = String(tokenizer.encode(text))
const attempt = async (work) => {
  const begun = performance.now()
  const result = await Promise.resolve()
    .then(work)
    .then(String, (error) => error.code)
  return { result, seconds: (performance.now() - begun) / 1000 }
}
const said = { before }

await started.at(-1).terminate()
said.gone = await attempt(() => tokenizer.encode(text))

void started.at(-1).terminate()
said.going = await attempt(() => tokenizer.encode(text))
said.afterGoing = await attempt(() => tokenizer.encode(text))

const aside = attempt(
  async () => (await tokenizer.encodeBatchAside(Array(20_000).fill(text.repeat(20))))[0].length
)
await started.at(-1).terminate()
said.aside = await aside
said.afterAside = await attempt(async () => (await tokenizer.encodeBatchAside([text]))[0])
said.threads = started.length
console.log(JSON.stringify(said))
