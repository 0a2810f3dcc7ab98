// Program of memory.test.ts, in a process of its own: a thousand tiny steps (or thirty sessions), and how much the
// process has grown. Prints one JSON line.
import { batchOf, openOptions, stepOptions } from '../fixtures/sessions'
import { engine, withSession } from '../golden-runner/engine'

const collect = (globalThis as { gc?: () => void }).gc
if (!collect) throw new Error('run with --expose-gc')
async function resident(): Promise<number> {
  for (let i = 0; i < 3; ++i) {
    collect?.()
    await new Promise((done) => setTimeout(done, 20))
  }
  return process.memoryUsage().rss
}

async function steps(): Promise<number> {
  return withSession(openOptions(), async (session) => {
    const run = async (from: number, to: number): Promise<void> => {
      for (let step = from; step <= to; ++step)
        await session.step([batchOf([10 + (step % 7), 5 + (step % 11)])], stepOptions(step))
    }
    // the first ones warm what the runtime keeps
    await run(1, 300)
    const before = await resident()
    await run(301, 1300)
    return (await resident()) - before
  })
}

async function sessions(): Promise<number> {
  const run = async (count: number): Promise<void> => {
    for (let i = 0; i < count; ++i)
      await withSession(openOptions({ baseQuantization: i % 2 ? 'nf4' : 'f32' }), (session) =>
        session.step([batchOf([20])], stepOptions(1))
      )
  }
  await run(10)
  const before = await resident()
  await run(30)
  return (await resident()) - before
}

const kind = process.argv[2]
await engine().probe()
console.log(JSON.stringify({ grown: kind === 'sessions' ? await sessions() : await steps() }))
