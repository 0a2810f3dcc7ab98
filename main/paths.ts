// Where things are: the app's own files, and the user's. The only place that knows. No Electron here; under
// Electron index.ts hands over the packaged places through the environment.
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, isAbsolute, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))

/** The checkout, or the unpacked app. */
export const appRoot = process.env['NEIRO_ROOT'] || folderOfPackage()

/** The native module: outside any archive, loaded by absolute path in the trainer process only. */
export const addonFile = process.env['NEIRO_ADDON'] || join(appRoot, 'addon/build/Release/neiro.node')

/** Program of the trainer process. */
export const trainerEntry = process.env['NEIRO_TRAINER'] || join(appRoot, 'out/main/trainer.js')

export const resourcesDir = join(appRoot, 'resources')
export const starterModelDir = join(resourcesDir, 'starter/model')
export const sampleDir = join(resourcesDir, 'sample')

/** The user's projects and runs: NEIRO_HOME, or the platform's data folder. */
export const neiroHome = resolve(
  process.env['NEIRO_HOME'] || join(platformDataDir(), process.platform === 'linux' ? 'neiro' : 'Neiro')
)
export const runsDir = join(neiroHome, 'runs')
export const logFile = join(neiroHome, 'neiro.log')

function platformDataDir(): string {
  if (process.platform === 'win32') return process.env['APPDATA'] || join(homedir(), 'AppData/Roaming')
  if (process.platform === 'darwin') return join(homedir(), 'Library/Application Support')
  const given = process.env['XDG_DATA_HOME'] ?? ''
  // a relative one is to be ignored (XDG Base Directory Specification)
  return isAbsolute(given) ? given : join(homedir(), '.local/share')
}

/** The nearest folder with a package.json on the way up: from source, from a bundle and from its chunks alike. */
function folderOfPackage(): string {
  for (let dir = here; dirname(dir) !== dir; dir = dirname(dir))
    if (existsSync(join(dir, 'package.json'))) return dir
  return resolve(here, '..')
}
