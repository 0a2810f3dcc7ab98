// Electron for `npm start`: is there a screen, is its binary there, and the one attempt to get it.
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { spawn } from 'node:child_process'
import { root, say } from './house.mjs'

const home = join(root, 'node_modules/electron')
/** asked for once; deleting node_modules (or this file) asks again */
const asked = join(root, 'node_modules/.neiro-electron-asked')
const patience = 20_000

export const screenPresent = () =>
  process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)

/** Path of the executable, or null. */
export function electronBinary() {
  const dist = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(home, 'dist')
  const names = existsSync(join(home, 'path.txt'))
    ? [readFileSync(join(home, 'path.txt'), 'utf8')]
    : ['electron', 'electron.exe', 'Electron.app/Contents/MacOS/Electron']
  return names.map((name) => join(dist, name)).find((file) => existsSync(file)) ?? null
}

/** Tries once to get the binary; gives up after 20 s in which nothing arrived. */
export async function fetchElectronOnce() {
  if (existsSync(asked)) return
  try {
    writeFileSync(asked, `${new Date().toISOString()}\n`)
  } catch {
    // where nothing can be remembered, nothing can be installed
    return
  }
  say('Electron を一度だけ取りに行きます…', 'Getting Electron, once…')
  const child = spawn(process.execPath, [join(home, 'install.js')], { stdio: 'ignore' })
  let ended = false
  child.on('exit', () => (ended = true))
  child.on('error', () => (ended = true))
  let before = -1
  let still = Date.now()
  while (!ended && Date.now() - still < patience) {
    await new Promise((wait) => setTimeout(wait, 500))
    const now = arrived()
    if (now !== before) still = Date.now()
    before = now
  }
  if (!ended) child.kill('SIGKILL')
}

/** Bytes in the places where a download lands. */
function arrived() {
  const cache =
    process.env.electron_config_cache ??
    (process.platform === 'win32'
      ? join(process.env.LOCALAPPDATA ?? homedir(), 'electron/Cache')
      : process.platform === 'darwin'
        ? join(homedir(), 'Library/Caches/electron')
        : join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'electron'))
  return [cache, join(home, 'dist'), ...downloads()].reduce((sum, folder) => sum + bytesIn(folder), 0)
}

/** Where @electron/get keeps a download until it is whole. */
const downloads = () =>
  readdirSync(tmpdir())
    .filter((name) => name.startsWith('electron-download-'))
    .map((name) => join(tmpdir(), name))

function bytesIn(folder) {
  try {
    return readdirSync(folder, { recursive: true }).reduce(
      (sum, name) => sum + (statSync(join(folder, String(name)), { throwIfNoEntry: false })?.size ?? 0),
      0
    )
  } catch {
    return 0
  }
}
