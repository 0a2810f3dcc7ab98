// Where things are: the app's own files, and the user's. The only place that knows. Pure: the entries (index.ts,
// cli.ts) say where they run and hand the answer on.
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, isAbsolute, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface Places {
  /** the checkout, or the packed app */
  readonly appRoot: string
  /** the native module: outside any archive, loaded by absolute path in the trainer process only */
  readonly addonFile: string
  /** program of the trainer process */
  readonly trainerEntry: string
  /** program of the processes for strangers' bytes */
  readonly workshopEntry: string
  /** program of the process that speaks with the hub */
  readonly fetcherEntry: string
  /** program of the process that holds the examples */
  readonly keeperEntry: string
  /** the built window */
  readonly pagesDir: string
  readonly preloadFile: string
  readonly resourcesDir: string
  readonly starterModelDir: string
  readonly sampleDir: string
  /** general questions: what a model knew before it learnt a tone */
  readonly generalDir: string
  /** the models that are known by name */
  readonly catalogueFile: string
  /** programs for trainings elsewhere, as they are sent */
  readonly remoteDir: string
  /** what the office allows: where users cannot write */
  readonly policyFile: string
  /** where new versions of an installed program come from */
  readonly updatesFile: string
  /** the data folder: NEIRO_HOME, the one beside a program that is carried about, or the platform's. Projects, runs and models lie in it until they are moved (services/storage) */
  readonly neiroHome: string
  /** Electron's own files */
  readonly windowFilesDir: string
  /** what the served window handed over */
  readonly uploadsDir: string
  /** what is read of projects that lie where nothing can be written */
  readonly spareReadDir: string
  /** the two parts of the sample are written here */
  readonly samplePartsDir: string
  readonly logFile: string
}

export interface Running {
  /** from an installed package, whose archive the system's own programs cannot look into */
  readonly packaged: boolean
  /** Electron's process.resourcesPath; read when packaged */
  readonly resourcesPath?: string
  /** Electron's process.execPath; read when packaged */
  readonly program?: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly platform?: NodeJS.Platform
}

/** An empty word in the environment is no place. */
export function placesOf(running: Running): Places {
  const { packaged, resourcesPath, env, platform = process.platform } = running
  const archive = packaged ? join(resourcesPath ?? '', 'app.asar') : null
  const appRoot = env['NEIRO_ROOT'] || archive || folderOfPackage()
  // what other programs open (the trainer maps models, the system loads the module) lies beside the archive
  const outside = archive && appRoot === archive ? `${archive}.unpacked` : appRoot
  const neiroHome = resolve(
    env['NEIRO_HOME'] ||
      portableHome(running) ||
      join(dataFolder(env, platform), platform === 'linux' ? 'neiro' : 'Neiro')
  )
  const resourcesDir = join(outside, 'resources')
  return {
    appRoot,
    addonFile: env['NEIRO_ADDON'] || join(outside, 'addon/build/Release/neiro.node'),
    trainerEntry: env['NEIRO_TRAINER'] || join(appRoot, 'out/main/trainer.js'),
    workshopEntry: env['NEIRO_WORKSHOP'] || join(appRoot, 'out/main/workshop.js'),
    fetcherEntry: env['NEIRO_FETCHER'] || join(appRoot, 'out/main/fetcher.js'),
    keeperEntry: env['NEIRO_KEEPER'] || join(appRoot, 'out/main/keeper.js'),
    pagesDir: join(appRoot, 'out/renderer'),
    preloadFile: join(appRoot, 'out/preload/preload.cjs'),
    resourcesDir,
    starterModelDir: join(resourcesDir, 'starter/model'),
    sampleDir: join(resourcesDir, 'sample'),
    generalDir: join(resourcesDir, 'general'),
    catalogueFile: join(resourcesDir, 'catalogue.json'),
    remoteDir: join(resourcesDir, 'remote'),
    policyFile: policyFile(env, platform),
    updatesFile: join(packaged ? (resourcesPath ?? '') : resourcesDir, 'updates.json'),
    neiroHome,
    windowFilesDir: join(neiroHome, 'window'),
    uploadsDir: join(neiroHome, 'uploads'),
    spareReadDir: join(neiroHome, 'read'),
    samplePartsDir: join(neiroHome, 'sample'),
    logFile: join(neiroHome, 'neiro.log')
  }
}

/** The administrator's comes first: what a user says counts only where there is none. */
function policyFile(env: Running['env'], platform: NodeJS.Platform): string {
  const folder =
    platform === 'win32'
      ? join(env['ProgramData'] || 'C:\\ProgramData', 'Neiro')
      : platform === 'darwin'
        ? '/Library/Application Support/Neiro'
        : '/etc/neiro'
  const own = join(folder, 'policy.json')
  return existsSync(own) ? own : env['NEIRO_POLICY'] || own
}

/** The name of the folder that makes a program portable: whoever puts it beside Neiro carries both about, on a stick. */
export const portableName = 'Neiro Data'

/** null: the data lie where the system wants them. Beside an AppImage or an app of macOS, not within it. */
function portableHome({ packaged, program, env, platform = process.platform }: Running): string | null {
  if (!packaged || !program) return null
  const bundle = platform === 'darwin' ? program.split('.app/')[0] : null
  const folder = join(dirname(bundle ?? (env['APPIMAGE'] || program)), portableName)
  return existsSync(folder) ? folder : null
}

function dataFolder(env: Running['env'], platform: NodeJS.Platform): string {
  if (platform === 'win32') return env['APPDATA'] || join(homedir(), 'AppData/Roaming')
  if (platform === 'darwin') return join(homedir(), 'Library/Application Support')
  const given = env['XDG_DATA_HOME'] ?? ''
  // a relative one is to be ignored (XDG Base Directory Specification)
  return isAbsolute(given) ? given : join(homedir(), '.local/share')
}

/** The nearest folder with a package.json on the way up: from source, from a bundle and from its chunks alike. */
function folderOfPackage(): string {
  const here = dirname(fileURLToPath(import.meta.url))
  for (let dir = here; dirname(dir) !== dir; dir = dirname(dir))
    if (existsSync(join(dir, 'package.json'))) return dir
  return resolve(here, '..')
}
