// What every part of `npm run reference:quality` works with: Neiro by its command line, the rival by Python, and the files
// that both learn from.
import { spawn } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { defaultSettings } from '../../../main/contract/settings'
import { planEpoch } from '../../../main/trainer/batching'
import { neiro, type CliEvent } from '../../fixtures/neiro-cli'
import { sharedData, skippedNote } from '../../fixtures/shared-data'

export type Figures = Readonly<Record<string, number>>

/** Neiro's figures beside the rival's, and how far they may lie apart. */
export interface Held {
  readonly what: string
  readonly ours: number
  readonly theirs: number
  /** null: shown, and not judged */
  readonly apart: number | null
  readonly most: number
}

export interface Part {
  readonly held: readonly Held[]
  /** what stands in the file beside the table */
  readonly beside: unknown
}

export type Size = 'small' | 'whole'

export interface Options {
  /** small: for two slow processors that others use as well; of the same kind, and so much less of it that each run ends in
   *  minutes */
  readonly size: Size
  /** 0: as many as the size says */
  readonly seeds: number
  readonly only: string | null
}

interface Places {
  readonly python: string
  /** SmolLM2-135M-Instruct */
  readonly talker: string
  /** MiniLM's BERT, as the package carries it */
  readonly sentences: string
}

export class Lab {
  constructor(
    readonly out: string,
    private readonly places: Places,
    readonly options: Options
  ) {
    mkdirSync(out, { recursive: true })
  }

  readonly at = (...names: string[]): string => join(this.out, ...names)

  get talker(): string {
    return this.places.talker
  }

  /** 1, 2, 3 …, so many as are asked for */
  seeds(usual: number): readonly number[] {
    return Array.from({ length: this.options.seeds || usual }, (_, at) => at + 1)
  }

  /** Throws where there is none. */
  shared(...parts: string[]): string {
    const found = sharedData('datasets', ...parts)
    if (!found) throw new Error(skippedNote)
    return found
  }

  lines(name: string, rows: readonly unknown[]): string {
    const file = this.at(name)
    writeFileSync(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
    return file
  }

  /** Tuned here; the figures of what is held out, before and after, and of each update. */
  async tune(
    name: string,
    args: readonly string[]
  ): Promise<{ readonly evaluations: readonly Figures[]; readonly steps: readonly Figures[] }> {
    const began = performance.now()
    const events = await this.#neiro(['tune', '--out', this.at(name), ...args])
    console.log(`  ${name}, by Neiro: ${((performance.now() - began) / 1000).toFixed(0)} s`)
    const of = (kind: string): readonly Figures[] =>
      events.filter(({ event }) => event === kind).map(({ figures }) => figures as Figures)
    return { evaluations: of('evaluation'), steps: of('step') }
  }

  /** The same run as token ids, in Neiro's order and with its first values, in a folder. */
  async handOver(name: string, args: readonly string[]): Promise<string> {
    const folder = this.at(`${name}-handed`)
    const model = ['--model-there', 'not-asked-for']
    await this.#neiro(['tune', ...args, '--on', `folder:${folder}`, '--send', '--unmasked', ...model])
    return folder
  }

  async #neiro(args: readonly string[]): Promise<readonly CliEvent[]> {
    const { status, stderr, events } = await neiro(args, { NEIRO_HOME: this.at('home') })
    if (status !== 0) throw new Error(`neiro ${args.join(' ')}: ${stderr} ${JSON.stringify(events.at(-1))}`)
    return events
  }

  /** What the program of rivals/ answers to this job. */
  async rival<Answer>(program: string, name: string, job: object): Promise<Answer> {
    const [asked, answered] = [this.at(`${name}-job.json`), this.at(`${name}-rival.json`)]
    writeFileSync(asked, JSON.stringify(job))
    const began = performance.now()
    await new Promise<void>((done, fail) => {
      const script = join(import.meta.dirname, 'rivals', `${program}.py`)
      const child = spawn(this.places.python, [script, asked, answered], {
        stdio: ['ignore', 'pipe', 'pipe'],
        // threads that wait by turning would take the processors of others
        env: { ...process.env, OMP_WAIT_POLICY: 'PASSIVE' }
      })
      let said = ''
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (data: Buffer) => (said += data.toString()))
      child.on('error', fail)
      child.on('close', (status) => {
        if (status === 0) done()
        else fail(new Error(`${program}.py: ${said.slice(-4000)}`))
      })
    })
    console.log(`  ${name}, by Python: ${((performance.now() - began) / 1000).toFixed(0)} s`)
    return JSON.parse(readFileSync(answered, 'utf8')) as Answer
  }

  /** MiniLM as Transformers and Neiro open it: a copy without what the package adds. */
  sentences(files: readonly string[]): string {
    const to = this.at('model')
    mkdirSync(to, { recursive: true })
    for (const file of files) cpSync(join(this.places.sentences, file), join(to, file))
    return to
  }
}

/** The numbers of the rows as Neiro reads them, a list for each time through. */
export const ordersOf = (
  rows: number,
  seed: number,
  batchSize: number,
  epochs: number
): readonly number[][] =>
  Array.from({ length: epochs }, (_, epoch) =>
    planEpoch(new Array<number>(rows).fill(1), { ...defaultSettings, seed, batchSize }, epoch).steps.flat(2)
  )

/** Apart by this share of the rival's. */
export const relative = (what: string, ours: number, theirs: number, most: number): Held => ({
  ...{ what, ours, theirs, most },
  apart: Math.abs(ours - theirs) / Math.abs(theirs)
})

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length
