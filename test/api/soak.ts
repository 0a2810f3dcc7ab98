// npm run soak:api -- [REQUESTS]: thousands of requests (10,000 without a number) against `neiro api` on two adapters,
// some of whose clients leave; the memory of its processes is looked at all along and must stay flat.
import { readdirSync, readFileSync } from 'node:fs'
import { ServedApi } from './served-api'

const requests = Number(process.argv[2] ?? 10_000)
const together = 24

/** Of the server and every process below it, in bytes (Linux). */
function memoryOf(root: number): number {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc').filter((one) => /^\d+$/.test(one))) {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]))
    } catch {
      // gone meanwhile
    }
  }
  const below = (pid: number): boolean => {
    for (let at: number | undefined = pid; at !== undefined && at > 1; at = parents.get(at))
      if (at === root) return true
    return false
  }
  const resident = (pid: number): number => {
    try {
      const pages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1])
      return pages * 4096
    } catch {
      return 0
    }
  }
  return [...parents.keys()].filter(below).reduce((sum, pid) => sum + resident(pid), 0)
}

const api = await ServedApi.start()
const client = api.client()
const models = api.models.slice(1)
let done = 0
let left = 0
let wrong = 0
const samples: { readonly at: number; readonly bytes: number }[] = []
const begun = Date.now()

async function one(at: number): Promise<void> {
  const abort = new AbortController()
  const leaves = at % 7 === 0
  const asked = {
    model: models[at % models.length] ?? '',
    messages: [{ role: 'user' as const, content: `質問${at % 50}は` }],
    max_tokens: 4 + (at % 9),
    seed: at,
    ...(at % 5 === 0 && { logprobs: true, top_logprobs: 2 })
  }
  try {
    if (at % 3 === 0) {
      const stream = await client.chat.completions.create(
        { ...asked, stream: true },
        { signal: abort.signal }
      )
      for await (const chunk of stream) {
        if (leaves && chunk.choices[0]?.delta.content) abort.abort()
      }
    } else await client.chat.completions.create(asked)
  } catch {
    if (!abort.signal.aborted) wrong++
  }
  if (abort.signal.aborted) left++
  done++
}

let next = 0
const look = setInterval(() => {
  samples.push({ at: done, bytes: memoryOf(api.process.pid ?? 0) })
  process.stdout.write(`${done} of ${requests}, ${Math.round((samples.at(-1)?.bytes ?? 0) / 2 ** 20)} MiB\n`)
}, 5000)
await Promise.all(
  Array.from({ length: together }, async () => {
    while (next < requests) await one(next++)
  })
)
clearInterval(look)
samples.push({ at: done, bytes: memoryOf(api.process.pid ?? 0) })
const health = await api.health()
await api.remove()

/** the first fifth is warming up: caches fill, code is compiled */
const settled = samples.filter(({ at }) => at > requests / 5)
const mean = (list: typeof samples): number =>
  list.reduce((sum, { bytes }) => sum + bytes, 0) / Math.max(1, list.length)
const half = Math.floor(settled.length / 2)
const growth = half > 0 ? mean(settled.slice(half)) / mean(settled.slice(0, half)) - 1 : NaN
const seconds = (Date.now() - begun) / 1000
console.log(
  `${done} requests in ${seconds.toFixed(0)} s, ${left} clients left, ${wrong} wrong, ` +
    `${health.answering} places taken at the end, memory grew by ${(growth * 100).toFixed(1)} % from the second to the last part`
)
if (wrong > 0 || health.answering > 0 || growth > 0.1) process.exit(1)
