// A run of a few examples that a played service trains, for the tests of it: the service by the official client, all else as it is.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { NeiroError } from '../../../main/contract/errors'
import type { MetricLine } from '../../../main/contract/records'
import type { Settings } from '../../../main/contract/settings'
import { fileTokenKeeper } from '../../../main/services/models/token-keeper'
import type { WayOut } from '../../../main/services/runners/cloud/cloud-fetch'
import { CloudKeys } from '../../../main/services/runners/cloud/cloud-keys'
import { Elsewhere } from '../../../main/services/runners/elsewhere'
import type { Leaving } from '../../../main/services/runners/leaving'
import { readPlace } from '../../../main/services/runners/places'
import type { RunEnd, Runner } from '../../../main/services/runners/runner'
import { RunStore } from '../../../main/services/runs/run-store'
import type { RunPlace } from '../../../main/services/runs/run-view'
import { fixedStorage } from '../../../main/services/storage/storage-place'
import { runFixture, temporaryFolder } from '../../trainer/run-fixture'
import { PlayedOpenAi, type PlayedJob } from './played-openai'

export const model = 'gpt-4.1-mini-2025-04-14'
const terms = { model, apiVersion: null, price: null }

export const pair = (n: number): { readonly messages: readonly object[] } => ({
  messages: [
    { role: 'user', content: `質問${n} "引用" \u2028` },
    { role: 'assistant', content: `お答えします。${n}` }
  ]
})

export class CloudBench {
  readonly home = temporaryFolder()
  readonly store = new RunStore({
    ...{ projects: { list: async () => [] }, home: this.home, storage: fixedStorage(this.home) },
    live: () => null
  })
  readonly service = new PlayedOpenAi()
  readonly keys = new CloudKeys(fileTokenKeeper(join(this.home, 'cloud-keys')), {})
  readonly told: MetricLine[] = []
  /** how this machine gets out */
  way: WayOut = { proxy: '', certificates: '', env: {} }
  elsewhere = this.elsewhereWith(null)
  place: RunPlace = { id: '', project: null, dir: '' }

  async start(): Promise<void> {
    await this.service.start()
    await this.run('a', {}, '丁寧に。')
    this.withData(12, 3)
    await this.keys.set(readPlace(this.service.openai), 'sk-test')
    await this.keys.set(readPlace(this.service.azure), 'az')
  }

  async run(name: string, settings: Partial<Settings>, system = ''): Promise<void> {
    const dir = join(this.home, 'runs', name)
    this.place = this.store.placeOf(null, await runFixture({ dir, questions: 0, settings }))
    const said = system === '' ? '' : `system_prompt: ${system}\n`
    writeFileSync(join(dir, 'recipe.yaml'), `model: starter\ndata: [x.jsonl]\n${said}`)
  }

  elsewhereWith(policy: object | null): Elsewhere {
    const policyFile = join(this.home, 'policy.json')
    if (policy) writeFileSync(policyFile, JSON.stringify(policy))
    const { store, keys } = this
    const never = {} as never
    return new Elsewhere({
      ...{ store, places: { remoteDir: '', policyFile }, pollMs: 2, keys, wayOut: async () => this.way },
      ...{ shelf: never, modelTexts: never, engine: never, withEngine: never, origins: never }
    })
  }

  write(part: string, lines: readonly object[]): void {
    const dir = join(this.place.dir, 'data')
    mkdirSync(dir, { recursive: true })
    writeFileSync(join(dir, part), lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
  }

  withData(train: number, heldOut: number): void {
    this.write(
      'train.jsonl',
      Array.from({ length: train }, (_, n) => pair(n))
    )
    this.write(
      'held-out.jsonl',
      Array.from({ length: heldOut }, (_, n) => pair(100 + n))
    )
  }

  look(to = this.service.openai, more: object = {}): Promise<Leaving> {
    return this.elsewhere.look(this.place, {
      to: readPlace(to),
      cloud: { ...terms, ...more },
      language: 'en'
    })
  }

  async agreed(to = this.service.openai, more: object = {}): Promise<void> {
    await this.elsewhere.agree(this.place, await this.look(to, more), { cloud: { ...terms, ...more } })
  }

  async runner(): Promise<Runner> {
    return (await this.elsewhere.runnerOf(this.place)) ?? expect.fail('it is trained here')
  }

  /** With whoever runs it, so that it can be told. */
  async began(): Promise<{ readonly own: Runner; readonly work: Promise<RunEnd> }> {
    const own = await this.runner()
    return { own, work: own.startRun(this.place, { onMetric: (line) => this.told.push(line) }) }
  }

  async train(): Promise<RunEnd> {
    return (await this.began()).work
  }

  noticed(): readonly string[] {
    return this.told.flatMap((line) => (line.kind === 'notice' ? [line.code] : []))
  }
  steps(): readonly number[] {
    return this.told.flatMap((line) => (line.kind === 'step' ? [line.step] : []))
  }

  /** The course of a job, one thing at each look. */
  then(...script: ((job: PlayedJob) => void)[]): void {
    this.service.script.push(...script)
  }
  readonly running = (job: PlayedJob): void => void (job.status = 'running')
  readonly done = (job: PlayedJob): void => this.service.succeed(job)
}

export const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: unknown) => NeiroError.of(error).code
  )
