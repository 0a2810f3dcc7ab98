// A Ray cluster of this machine by clicks alone, in both languages: the sample is sent after a word, learnt by two processes,
// watched, compared when it has come home, and exported, with a sheet that says what left.
import { readFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { openBrowser, usual, visit } from '../e2e/browser'
import { canWatch, connectionsIn, watch } from '../fixtures/connections'
import { startServed } from '../e2e/served'
import type { Ask } from './asks'
import { SentRun } from './by-clicks'
import { killThose, ports, up } from './cluster'

const host = `127.0.0.1:${ports.dashboard}`
/** which the export room looks for */
const ollama = '127.0.0.1:11434'

export async function tryWindow(venv: string, work: string, ask: Ask): Promise<void> {
  const temp = join(work, 'w')
  const cluster = up(venv, temp)
  const browser = await openBrowser()
  try {
    for (const language of ['ja', 'en'] as const) {
      const served = await startServed(join(work, `window-${language}`), { language })
      const log = join(work, `window-${language}.strace`)
      const watcher = canWatch ? watch(served.pid, log) : null
      try {
        const { page, complaints } = await visit(browser, served.url, { ...usual, language })
        const run = new SentRun(page, language, `http://${host}`)
        const { walk } = run
        await walk.beginSample()
        const said = await run.send()
        await run.home()
        await run.compare()
        ask(
          `by clicks to Ray, home and compared (${language}; complaints of the page: ${complaints.length})`,
          complaints.length === 0
        )
        const learning = connectionsIn(log)
        ask(
          `whatever the window has started connects to the cluster alone (${learning.join(', ') || 'not watched: strace'})`,
          learning.length === 1 && learning[0] === host
        )
        await walk.click(walk.words.compare.next)
        await walk.title(walk.words.exporting.title)
        const folders = await walk.takeHome(['merged', 'peft'])
        const sheets = folders.map((folder) => readFileSync(join(folder, 'AUDIT.md'), 'utf8'))
        const examples = /\d+/.exec(said.replace(/http\S+/, ''))?.[0] ?? '-'
        const told = [host, examples, userInfo().username, new Date().toISOString().slice(0, 10)]
        ask(
          `exported by clicks, with a sheet that says what left, when, where to and by whose word (${language}: ${folders.length} folders; ${told.join(', ')})`,
          folders.length === 2 && sheets.every((sheet) => told.every((one) => sheet.includes(one)))
        )
        watcher?.kill('SIGINT')
        const beside = connectionsIn(log).filter((to) => to !== host && to !== ollama)
        ask(
          `and beside it only Ollama of this PC is asked whether it is there (else: ${beside.join(', ') || 'none'})`,
          beside.length === 0
        )
      } finally {
        watcher?.kill('SIGINT')
        await served.kill()
      }
    }
  } finally {
    await browser.close()
    cluster.down()
    killThose(temp)
  }
}
