// Opens an address in the user's browser without anybody else learning it: command lines can be read by every user
// of the machine, so the browser is given a file that only this user can read, and the file leads there.
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readdir, stat, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join, sep } from 'node:path'
import { remove } from '../files/moving'

/** The program that opens a file in the user's browser. */
const opener = { darwin: 'open', win32: 'explorer' } as Readonly<Record<string, string>>

const fileName = /^neiro-open-[0-9a-f-]{36}\.html$/
/** a browser that has not come by then does not come */
const patienceMs = 60_000

/** Answers what takes the file away again; after a while it goes by itself. Where there is no browser, nothing happens. */
export async function openBrowser(url: string, dataFolder: string): Promise<() => Promise<void>> {
  const folder = browsersCanRead(dataFolder) ? dataFolder : homedir()
  await sweep(folder)
  const file = join(folder, `neiro-open-${randomUUID()}.html`)
  const takeAway = (): Promise<void> => remove(file).catch(() => undefined)
  try {
    await writeFile(file, page(url), { flag: 'wx', mode: 0o600 })
  } catch {
    // a home that cannot be written: the address in the terminal is the way
    return async () => undefined
  }
  const child = spawn(opener[process.platform] ?? 'xdg-open', [file], { stdio: 'ignore', detached: true })
  child.on('error', () => void takeAway())
  child.unref()
  setTimeout(() => void takeAway(), patienceMs).unref()
  return takeAway
}

/** Browsers in packages of their own (snap) are kept from folders whose names begin with a dot. */
function browsersCanRead(folder: string): boolean {
  return process.platform !== 'linux' || !folder.split(sep).some((part) => part.startsWith('.'))
}

/** What a killed process left; the address in it died with that process. */
async function sweep(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    if (!fileName.test(name)) continue
    const info = await stat(join(folder, name)).catch(() => null)
    if (info && Date.now() - info.mtimeMs > patienceMs)
      await remove(join(folder, name)).catch(() => undefined)
  }
}

/** The address is ours: its signs need no escaping. */
const page = (url: string): string =>
  `<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer"><title>Neiro</title><meta http-equiv="refresh" content="0;url=${url}"><a href="${url}">Neiro</a>\n`
