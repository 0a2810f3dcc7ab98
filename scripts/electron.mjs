// Electron for `npm start`: is there a screen, is its binary there, the one attempt to get it, and its run.
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { spawn } from 'node:child_process'
import { root, say } from './house.mjs'

const home = join(root, 'node_modules/electron')
/** asked for once; `npm start -- --electron` asks again, and so does deleting node_modules (or this file) */
const asked = join(root, 'node_modules/.neiro-electron-asked')
const patience = 20_000
/** whoever ends with a failure before this never showed a window */
const early = 15_000
/** how long the last words of a process that is gone are waited for */
const lastWords = 100

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

/** When Electron was asked for in vain; null: never. */
export function askedBefore() {
  try {
    return readFileSync(asked, 'utf8').slice(0, 10)
  } catch {
    return null
  }
}

export const askAgain = () => rmSync(asked, { force: true })

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

/** Runs the window until it ends: its exit code, or why it did not come to anything. */
export function runElectron(binary) {
  return new Promise((ended) => {
    const started = Date.now()
    let said = ''
    let interrupted = false
    const child = spawn(binary, [root], { stdio: ['inherit', 'inherit', 'pipe'] })
    child.stderr.on('data', (data) => {
      process.stderr.write(data)
      said = (said + data).slice(-20_000)
    })
    // the window saves a training before it goes; the terminal waits for that
    const leave = (signal) => {
      interrupted = true
      // Ctrl-C has reached it already
      if (signal !== 'SIGINT') child.kill(signal)
    }
    for (const signal of signals) process.on(signal, leave)
    const end = (outcome) => {
      for (const signal of signals) process.off(signal, leave)
      ended(outcome)
    }
    // not a program of this machine, or not allowed
    child.on('error', (error) => end({ failed: { ja: error.message, en: error.message } }))
    // not 'close': a file manager that the window opened may hold the output for hours
    child.on('exit', (code, signal) => {
      const lasted = Date.now() - started
      setTimeout(() => {
        child.stderr.destroy()
        if (code === 0 || interrupted || lasted > early) end({ code: code ?? 1 })
        else end({ failed: whyNot(said, signal ?? code) })
      }, lastWords)
    })
  })
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']

/** What Electron printed before it died, in plain words where they are known. */
function whyNot(said, end) {
  const library = /error while loading shared libraries: ([^:\s]+)/.exec(said)?.[1]
  if (library)
    return {
      ja: `このPCにライブラリー ${library} がありません`,
      en: `the library ${library} is missing on this machine`
    }
  if (/as root without --no-sandbox/.test(said))
    return {
      ja: 'Electron は管理者（root）では動きません。ふつうの利用者で始めてください',
      en: 'Electron does not run as root; start Neiro as an ordinary user'
    }
  if (/SUID sandbox|No usable sandbox|sandbox helper|namespace sandbox/i.test(said))
    return {
      ja: 'このPCの設定が、Electron の保護のしくみ（sandbox）を許していません',
      en: 'this machine does not allow the protection (sandbox) that Electron needs'
    }
  if (/cannot open display|Unable to open X display|Missing X server/i.test(said))
    return { ja: '画面につながりません', en: 'the screen cannot be reached' }
  const last = said.trim().split('\n').at(-1)?.slice(0, 200)
  return { ja: last || `終了コード ${end}`, en: last || `it ended with ${end}` }
}
