// What dies while a training that was sent by clicks goes on there: a worker, the line between, Neiro itself, the head. The window
// says so, and what is clicked then leads to the same end.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import type { Language } from '../../main/contract/language'
import { wordsOfNotice } from '../../main/words/errors'
import { openBrowser, usual, visit } from '../e2e/browser'
import { startServed, type Served } from '../e2e/served'
import type { Ask } from './asks'
import { patience, SentRun } from './by-clicks'
import { killThose, pidsWith, ports, tryKill, up } from './cluster'
import { Wire } from './wire'

const reached = wordsOfNotice({ code: 'PLACE_REACHED', details: {} }, 'en').message

/** updates before something dies: there is a checkpoint by then */
const early = 10

class Bench {
  #served: Served | null = null

  constructor(
    private readonly browser: Browser,
    readonly home: string,
    private readonly language: Language
  ) {}

  /** The window, begun (again) on the same data folder. */
  async open(): Promise<SentRun> {
    this.#served = await startServed(this.home, { language: this.language })
    const { page } = await visit(this.browser, this.#served.url, { ...usual, language: this.language })
    return new SentRun(page, this.language, `http://127.0.0.1:${ports.proxy}`)
  }

  async kill(): Promise<void> {
    await this.#served?.kill()
    this.#served = null
  }

  /** Of the newest run: held-out loss of the best. */
  loss(): number {
    const files = readdirSync(this.home, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('metrics.jsonl') && !name.includes('elsewhere'))
      .map((name) => join(this.home, name))
    const lines = files.flatMap((file) => readFileSync(file, 'utf8').trim().split('\n'))
    const told = lines.map((line) => JSON.parse(line) as { best?: boolean; figures?: { loss: number } })
    return told.findLast(({ best }) => best)?.figures?.loss ?? NaN
  }

  hasCheckpoint(): boolean {
    return readdirSync(this.home, { recursive: true, encoding: 'utf8' }).some((name) =>
      /elsewhere\/checkpoints\/checkpoint-\d+\/sealed\.json$/.test(name)
    )
  }
}

export async function tryWindowKills(venv: string, work: string, ask: Ask): Promise<void> {
  const temp = join(work, 'k')
  const wire = new Wire()
  let cluster = up(venv, temp)
  const browser = await openBrowser()
  let whole = NaN
  const alike = (loss: number): boolean => Math.abs(loss / whole - 1) < 0.02
  /** One run by clicks, with what happens in the middle of it. */
  const tried = async (
    name: string,
    language: Language,
    what: (run: SentRun, bench: Bench) => Promise<SentRun>
  ): Promise<void> => {
    const bench = new Bench(browser, join(work, `kills-${name}`), language)
    try {
      const first = await bench.open()
      await first.walk.beginSample()
      await first.send()
      const last = await what(first, bench)
      await last.home()
      const loss = bench.loss()
      if (Number.isNaN(whole)) whole = loss
      ask(
        `${name}, by clicks (${language}): it comes home, nothing lost (${loss.toFixed(4)}, ${whole.toFixed(4)})`,
        alike(loss)
      )
    } finally {
      await bench.kill()
    }
  }
  const checkpointed = async (run: SentRun, bench: Bench): Promise<void> => {
    await run.upTo(early)
    for (const end = Date.now() + patience; !bench.hasCheckpoint(); await run.page.waitForTimeout(200))
      if (Date.now() > end) throw new Error('no checkpoint came home')
  }
  try {
    await tried('nothing', 'en', (run) => Promise.resolve(run))
    await tried('a worker', 'ja', async (run, bench) => {
      await checkpointed(run, bench)
      for (const pid of pidsWith('ray::Worker').slice(0, 1)) tryKill(pid)
      return run
    })
    await tried('the line', 'en', async (run, bench) => {
      await checkpointed(run, bench)
      await wire.cutFor(15_000)
      await run.page.getByText(reached).first().waitFor({ timeout: 60_000 })
      return run
    })
    await tried('Neiro itself', 'ja', async (run, bench) => {
      await run.upTo(early)
      await bench.kill()
      const again = await bench.open()
      const { walk } = again
      await walk.click(walk.words.home.go.interrupted)
      await walk.click(walk.words.train.resume)
      return again
    })
    await tried('the head', 'en', async (run, bench) => {
      await checkpointed(run, bench)
      cluster.down()
      await run.page.waitForTimeout(3000)
      cluster = up(venv, `${temp}2`)
      const { walk } = run
      await walk.title(walk.words.train.live.failed, patience)
      await walk.click(walk.words.train.resume)
      return run
    })
  } finally {
    await browser.close()
    wire.end()
    cluster.down()
    killThose(temp)
  }
}
