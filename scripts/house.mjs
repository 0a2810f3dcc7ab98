// Where things are in a checkout, and what is older than its sources. For the scripts only; the product's
// own paths are in main/places.ts.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { spawnSync } from 'node:child_process'

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
export const addonFile = join(root, 'addon/build/Release/neiro.node')
export const cliBundle = join(root, 'out/main/cli.js')

/** what builds leave beside sources */
const builds = ['node_modules', 'build', 'build-cuda', 'build-elsewhere', 'build-gpu', 'out']

/** Newest change (ms) of a file, or of all files below a folder; 0 where there is none. */
export function newest(path, skip = builds) {
  let info
  try {
    info = statSync(path)
  } catch {
    return 0
  }
  if (!info.isDirectory()) return info.mtimeMs
  let latest = 0
  for (const entry of readdirSync(path, { withFileTypes: true }))
    if (!skip.includes(entry.name)) latest = Math.max(latest, newest(join(path, entry.name), skip))
  return latest
}

/** Is `made` missing, or older than any of its sources? */
export const stale = (made, sources) => {
  const age = newest(made, [])
  return age === 0 || sources.some((source) => newest(join(root, source)) > age)
}

/** Runs a program in the checkout, its output on stderr, so that stdout stays the product's. Never through a shell:
 *  a path with a space (C:\\Program Files) stays one word. */
export function run(program, args, options = {}) {
  const result = spawnSync(program, args, {
    cwd: root,
    stdio: ['ignore', process.stderr.fd, process.stderr.fd],
    ...options
  })
  if (result.error) throw result.error
  return result.status ?? 1
}

/** Runs a tool of node_modules by this very Node: its launchers there are scripts for shells. */
export const runTool = (name, args, options) => run(process.execPath, [toolFile(name), ...args], options)

function toolFile(name) {
  const folder = join(root, 'node_modules', name)
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return join(folder, typeof bin === 'string' ? bin : bin[name])
}

/** Runs the npm that started this, or the one that came with this Node. */
export function runNpm(args) {
  const file = npmFile()
  return file ? run(process.execPath, [file, ...args]) : run('npm', args)
}

function npmFile(env = process.env) {
  const home = dirname(process.execPath)
  const places = [
    env.npm_execpath,
    join(home, 'node_modules/npm/bin/npm-cli.js'), // Windows
    join(home, '../lib/node_modules/npm/bin/npm-cli.js')
  ]
  return places.find((file) => file && basename(file) === 'npm-cli.js' && existsSync(file))
}

export const say = (ja, en) => process.stderr.write(`${speaksJapanese() ? ja : en}\n`)

function speaksJapanese() {
  const locale =
    process.env.LC_ALL ||
    process.env.LC_MESSAGES ||
    process.env.LANG ||
    Intl.DateTimeFormat().resolvedOptions().locale
  return locale.toLowerCase().startsWith('ja')
}
