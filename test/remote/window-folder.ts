// A folder by hand by clicks alone, in both languages: saved after a word, its own train.py run by Python as its README says, taken
// back, compared and exported, with a sheet that says where it went. Nothing is connected to.
import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { openBrowser, usual, visit } from '../e2e/browser'
import { startServed } from '../e2e/served'
import { canWatch, connectionsIn, watch } from '../fixtures/connections'
import type { Ask } from './asks'
import { SentRun } from './by-clicks'

export async function tryWindowFolder(venv: string, work: string, ask: Ask): Promise<void> {
  const browser = await openBrowser()
  try {
    for (const language of ['ja', 'en'] as const) {
      const home = join(work, `window-folder-${language}`)
      const into = join(home, 'by-hand')
      mkdirSync(into, { recursive: true })
      const served = await startServed(home, { language })
      const log = join(work, `window-folder-${language}.strace`)
      const watcher = canWatch ? watch(served.pid, log) : null
      try {
        const { page, complaints } = await visit(browser, served.url, { ...usual, language })
        const run = new SentRun(page, language, into)
        const { walk } = run
        await walk.beginSample()
        const folder = await run.save()
        const status = await python(venv, folder)
        ask(`the saved folder is run by Python (${language}: ${status})`, status === 0)
        await run.takeBack(folder)
        await run.compare()
        const to = connectionsIn(log)
        ask(`and nothing was connected to (${to.join(', ') || 'none'})`, to.length === 0)
        await walk.click(walk.words.compare.next)
        await walk.title(walk.words.exporting.title)
        const [exported = ''] = await walk.takeHome(['peft'])
        const sheet = readFileSync(join(exported, 'AUDIT.md'), 'utf8')
        const told = [folder, userInfo().username, new Date().toISOString().slice(0, 10)]
        ask(
          `taken back, compared and exported by clicks, with a sheet that says where it went (${language}; complaints of the page: ${complaints.length})`,
          complaints.length === 0 && told.every((one) => sheet.includes(one))
        )
      } finally {
        watcher?.kill('SIGINT')
        await served.kill()
      }
    }
  } finally {
    await browser.close()
  }
}

function python(venv: string, folder: string): Promise<number | null> {
  const child = spawn(join(venv, 'bin/python'), ['train.py'], {
    cwd: folder,
    env: { ...process.env, HF_HUB_OFFLINE: '1', OMP_NUM_THREADS: '2' },
    stdio: ['ignore', 'ignore', 'inherit']
  })
  return new Promise((resolve) => child.on('close', resolve))
}
