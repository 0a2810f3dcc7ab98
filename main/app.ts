// The app behind every window: one handler a call, one stream of events. Electron and serve both drive this;
// it knows neither.
import { join } from 'node:path'
import { dataHandlers } from './app/data'
import { Telling } from './app/events'
import type { Handler, Handlers } from './app/handlers'
import { createParts, type Parts } from './app/parts'
import { projectHandlers } from './app/projects'
import { resultHandlers } from './app/results'
import { shellHandlers } from './app/shell'
import { trainingHandlers } from './app/training'
import type { CallName, Calls, EventName, Events } from './contract/channels'
import type { Language } from './contract/words/language'
import type { Log } from './log'
import type * as places from './paths'
import { AppSettingsStore } from './services/settings/app-settings'
import type { TrainerHostOptions } from './trainer-host'
import type { ChooseKind, FileRef } from './contract/window/app'

/** What a shell with a desktop can do and a served window cannot. */
export interface AppHooks {
  /** the system's own dialogs; absent when served */
  choose?: (kind: ChooseKind) => Promise<readonly string[]>
  showInFolder?: (path: string) => boolean
  openExternal?: (url: string) => void
}

export interface AppOptions {
  /** main/paths.ts, handed in */
  readonly paths: typeof places
  readonly log: Log
  readonly hooks: AppHooks
  /** until the user has chosen one */
  readonly language: Language
  /** how trainer processes start: a utility process under Electron; absent: forked */
  readonly startTrainer?: TrainerHostOptions['startProcess']
}

export interface App {
  call<C extends CallName>(name: C, args: Calls[C]['args']): Promise<Calls[C]['result']>
  on(listener: <E extends EventName>(event: E, value: Events[E]) => void): () => void
  /** paths that entered through a dialog, a drop or an upload leave as references */
  addPaths(paths: readonly string[]): Promise<readonly FileRef[]>
  runActive(): boolean
  close(): Promise<void>
}

export async function createApp(o: AppOptions): Promise<App> {
  const { paths, log, hooks, startTrainer } = o
  const telling = new Telling()
  const settings = await AppSettingsStore.open(join(paths.neiroHome, 'settings.json'), o.language)
  const parts = createParts({ paths, log, settings, tell: telling.tell, startTrainer })
  const handlers: Handlers = {
    ...shellHandlers(parts, hooks),
    ...projectHandlers(parts),
    ...dataHandlers(parts),
    ...trainingHandlers(parts),
    ...resultHandlers(parts)
  }
  const started = wakeUp(parts, log)

  return {
    // what a handler throws at once is an answer too
    call: async (name, args) => (handlers[name] as Handler<typeof name>)(args),
    on: (listener) => telling.on(listener),
    addPaths: (given) => Promise.all(given.map((path) => parts.files.add(path))),
    runActive: () => parts.queue.active !== null,
    async close() {
      await parts.queue.close()
      await parts.engine.stop()
      await started
    }
  }
}

/** What no window waits for: the machine, its speed, trainings that waited, what lay in the bin too long. */
async function wakeUp(
  { machine, calibration, settings, queue, projects, store, tell }: Parts,
  log: Log
): Promise<void> {
  // after whoever created the app has gone on
  await new Promise((resume) => setImmediate(resume))
  try {
    await machine.ask()
    tell('machine.changed', null)
    if (machine.probe) await calibration.speed(settings.current.threads)
    await queue.takeUp()
    await projects.emptyBin()
    await store.emptyBins()
  } catch (error) {
    log('warn', `start-up: ${error instanceof Error ? error.message : String(error)}`)
  }
}
