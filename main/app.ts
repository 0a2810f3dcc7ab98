// The app behind every window: one handler a call, one stream of events. Electron and serve both drive this;
// it knows neither.
import { join } from 'node:path'
import { Activity, type At } from './app/activity'
import { augmentHandlers } from './app/augment'
import { checkUpHandlers } from './app/check-up'
import { dataHandlers } from './app/data'
import type { Handler, Handlers } from './app/handlers'
import { modelHandlers } from './app/models'
import { projectHandlers } from './app/projects'
import { resultHandlers } from './app/results'
import { sortingHandlers } from './app/sorting'
import { servingHandlers } from './app/serving'
import { storageHandlers } from './app/storage'
import { updateHandlers } from './app/updates'
import { admitWhileMoving } from './app/while-moving'
import { shellHandlers } from './app/shell'
import { elsewhereHandlers } from './app/elsewhere'
import { trainingHandlers } from './app/training'
import type { AppHooks } from './app/hooks'
import type { CallName, Calls, EventName, Events } from './contract/channels'
import type { Language } from './contract/language'
import type { Log } from './log'
import type { PrintPdf } from './services/evaluation/report/print-pdf'
import { createParts, type Parts } from './parts'
import type { Places } from './places'
import type { StartProgram } from './processes/child-program'
import { enterDataFolder } from './services/storage/data-folder'
import type { Updater } from './services/updates/updates'
import { AppSettingsStore } from './services/settings/app-settings'
import type { TokenKeeper } from './services/models/token-keeper'
import type { TrainerHostOptions } from './services/engine/trainer-host'
import { versionNow } from './version'
import type { FileRef } from './contract/window/app'

export interface AppOptions {
  readonly places: Places
  readonly log: Log
  readonly hooks: AppHooks
  /** until the user has chosen one */
  readonly language: Language
  /** how trainer processes start: a utility process under Electron; absent: forked */
  readonly startTrainer?: TrainerHostOptions['startProcess']
  readonly startProgram?: StartProgram
  readonly tokenKeeper?: TokenKeeper
  readonly cloudKeyKeeper?: TokenKeeper
  /** how a page becomes a PDF file; absent: by a browser of this machine */
  readonly printPdf?: PrintPdf
  /** how new versions come; absent: this is no installed program */
  readonly updater?: Updater
}

export interface App {
  call<C extends CallName>(name: C, args: Calls[C]['args']): Promise<Calls[C]['result']>
  on(listener: <E extends EventName>(event: E, value: Events[E]) => void): () => void
  /** paths that entered through a dialog or a drop leave as references */
  addPaths(paths: readonly string[]): Promise<readonly FileRef[]>
  /** so does what was uploaded, which lies in a folder of ours until it was taken */
  addUpload(path: string): Promise<FileRef>
  /** paths from outside the window: double-clicked, dropped on the icon */
  hand(paths: readonly string[]): void
  runActive(): boolean
  /** What it is at now: no window is needed for that to go on. */
  at(): At
  /** Calls back whenever that has become something else. */
  onActivity(listener: (at: At) => void): () => void
  close(): Promise<void>
}

export async function createApp(o: AppOptions): Promise<App> {
  const { places, log, hooks, startTrainer, startProgram, tokenKeeper, cloudKeyKeeper, printPdf, updater } = o
  enterDataFolder(places.neiroHome, () => versionNow(places.appRoot))
  const settings = await AppSettingsStore.open(join(places.neiroHome, 'settings.json'), o.language)
  const activity: Activity = new Activity(() => parts.queue.active !== null)
  const parts: Parts = createParts({
    places,
    log,
    settings,
    busy: () => activity.besideMove,
    keepAwake: hooks.keepAwake ?? ignore,
    startTrainer,
    startProgram,
    tokenKeeper,
    cloudKeyKeeper,
    printPdf,
    updater
  })
  const handlers: Handlers = {
    ...shellHandlers(parts, hooks),
    ...updateHandlers(parts),
    ...storageHandlers(parts),
    ...projectHandlers(parts),
    ...dataHandlers(parts),
    ...checkUpHandlers(parts),
    ...augmentHandlers(parts),
    ...modelHandlers(parts),
    ...trainingHandlers(parts, hooks),
    ...elsewhereHandlers(parts),
    ...resultHandlers(parts),
    ...sortingHandlers(parts),
    ...servingHandlers(parts)
  }
  parts.telling.on((event, value) => activity.heard(event, value))
  const started = wakeUp(parts, log)

  return {
    // what a handler throws at once is an answer too
    call: async (name, args) => {
      await admitWhileMoving(name, parts.storageMove)
      return activity.during(name, async () => (handlers[name] as Handler<typeof name>)(args))
    },
    on: (listener) => parts.telling.on(listener),
    addPaths: (given) => Promise.all(given.map((path) => parts.files.add(path))),
    hand: (paths) => parts.handed.add(paths),
    addUpload: (path) => parts.files.addUpload(path),
    runActive: () => parts.queue.active !== null,
    at: () => activity.at,
    onActivity: (listener) => activity.onChange(listener),
    async close() {
      await parts.close()
      await started
    }
  }
}

/** What no window waits for: the machine, its speed, trainings that waited, what lay in the bin too long. None of
 *  them stands in the way of the next. */
async function wakeUp(
  {
    workshop,
    machine,
    calibration,
    settings,
    updates,
    queue,
    sweeps,
    projects,
    store,
    exports,
    sweep,
    tell
  }: Parts,
  log: Log
): Promise<void> {
  const step = async (name: string, work: () => Promise<unknown>): Promise<void> => {
    try {
      await work()
    } catch (error) {
      log('warn', `start-up, ${name}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  // after whoever created the app has gone on
  await new Promise((resume) => setImmediate(resume))
  // the first file that comes need not wait for its reader
  await step('workshop', async () => workshop.warm())
  await step('machine', async () => {
    await machine.ask()
    tell('machine.changed', null)
  })
  await step('speed', async () => machine.probe && calibration.speed(settings.current.threads))
  await step('waiting runs', () => queue.takeUp())
  await step('sweeps', () => sweeps.takeUp())
  await step('half written', () => sweep())
  await step('half exports', async () => {
    for (const { dir } of await store.places()) await exports.cutOff(dir)
  })
  await step('bin of projects', () => projects.emptyBin())
  await step('bin of runs', () => store.emptyBins())
  // by the user's own choice alone, and last: it waits for an address of the network
  await step('new version', async () => settings.current.looksForUpdates && updates.look())
}

const ignore = (): void => undefined
