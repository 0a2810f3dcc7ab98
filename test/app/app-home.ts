// A whole app in a home of its own: the real engine, a tiny model in place of the starter, a small FAQ.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApp, type App, type AppOptions } from '../../main/app'
import type { EventName, Events } from '../../main/contract/channels'
import type { Settings } from '../../main/contract/settings'
import type { Project } from '../../main/contract/window/projects'
import type { RunView } from '../../main/contract/window/training'
import { places } from '../fixtures/places'
import { tinyModel } from '../fixtures/tiny-model'
import { builtKeeper, builtTrainer, builtWorkshop } from '../trainer/built'

type Told = { readonly [E in EventName]: { readonly event: E; readonly value: Events[E] } }[EventName]

export class AppHome {
  readonly folder = mkdtempSync(join(tmpdir(), 'neiro-app-'))
  readonly model = tinyModel('llama', this.folder)
  readonly home = join(this.folder, 'home')
  readonly told: Told[] = []
  readonly logged: string[] = []
  #app: App | null = null

  /** The app on this home; opened again after close() it finds what was left. */
  async open(
    change: Partial<Omit<AppOptions, 'places'>> & { places?: Partial<typeof places> } = {}
  ): Promise<App> {
    const here = {
      ...places,
      neiroHome: this.home,
      logFile: join(this.home, 'neiro.log'),
      starterModelDir: this.model,
      trainerEntry: await builtTrainer(),
      workshopEntry: await builtWorkshop(),
      keeperEntry: await builtKeeper(),
      ...change.places
    }
    const log: AppOptions['log'] = (level, message) => this.logged.push(`${level} ${message}`)
    const app = await createApp({ log, hooks: {}, language: 'ja', ...change, places: here })
    app.on((event, value) => this.told.push({ event, value } as Told))
    this.#app = app
    return app
  }

  get app(): App {
    if (!this.#app) throw new Error('not open')
    return this.#app
  }

  /** A project with a FAQ of so many pairs and the tiny model. */
  async project(pairs = 30, name = '窓口'): Promise<Project> {
    const file = join(this.folder, `faq-${pairs}.csv`)
    const rows = Array.from({ length: pairs }, (_, at) => `質問${at}は何ですか,はい、答えは${at}です。`)
    writeFileSync(file, `質問,回答\n${rows.join('\n')}\n`)
    const { id } = await this.app.call('projects.create', { name, company: '', sample: false })
    const refs = await this.app.addPaths([file])
    await this.app.call('data.add', { project: id, fileIds: refs.map((ref) => ref.id) })
    return this.app.call('projects.update', { id, modelId: 'starter' })
  }

  /** Starts a run of a few updates. */
  async start(project: string, change: Partial<Settings> = {}, questions: string[] = []): Promise<RunView> {
    const presets = await this.app.call('train.presets', { project })
    const settings = {
      ...(presets[1] as (typeof presets)[1]).settings,
      maxSteps: 6,
      evaluationSteps: 3,
      ...change
    }
    return this.app.call('runs.startRun', { project, preset: 'custom', settings, part: 1, questions })
  }

  run(id: string): Promise<RunView> {
    return this.app.call('runs.get', { id })
  }

  /** Waits for a run to be in one of these states. */
  async until(id: string, ...states: RunView['state'][]): Promise<RunView> {
    return until(async () => {
      const run = await this.run(id)
      return states.includes(run.state) ? run : null
    })
  }

  values<E extends EventName>(event: E): Events[E][] {
    return this.told.filter((one) => one.event === event).map((one) => one.value as Events[E])
  }

  async close(): Promise<void> {
    await this.#app?.close()
    this.#app = null
  }

  async remove(): Promise<void> {
    await this.close()
    rmSync(this.folder, { recursive: true, force: true })
  }
}

/** Asks again until there is an answer; the test's own time limit ends the waiting. */
export async function until<T>(ask: () => Promise<T | null> | T | null): Promise<T> {
  for (;;) {
    const answer = await ask()
    if (answer !== null) return answer
    await new Promise((again) => setTimeout(again, 30))
  }
}
