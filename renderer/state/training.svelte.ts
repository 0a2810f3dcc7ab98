// Before a training: presets with reasons and plans, the expert's own settings, questions to ask while it runs.
// What was set for a project stays while the app is open, whatever is looked at in between.
import type { Calls } from '../../main/contract/channels'
import { goalOf } from '../../main/contract/goals'
import { answersItself, rates } from '../../main/contract/methods'
import type { SettingKey, Settings, Weights } from '../../main/contract/settings'
import type { FileRef } from '../../main/contract/window/app'
import type { DataFileView } from '../../main/contract/window/data'
import type { Preset, PresetKey, RunView, TrainingPlan } from '../../main/contract/window/training'
import { call, onReturn } from '../api.svelte'
import { besideOf, linesOf, mostQuestions, type Judges, type Own } from '../lib/own-training'
import { runs } from './runs.svelte'
import { Attempts } from './attempts.svelte'

class Training {
  #project = $state<string | null>(null)
  #presets = $state.raw<readonly Preset[] | null>(null)
  #chosen = $state<PresetKey | 'custom'>('balanced')
  #settings = $state.raw<Settings | null>(null)
  /** share of the examples: the preset's, also after an expert's change of it */
  #part = 1
  #plan = $state.raw<TrainingPlan | null>(null)
  /** examples whose end the plan's remedy would cut off */
  #cut = $state<number | null>(null)
  #planning = $state(false)
  #starting = $state(false)
  readonly #attempts = new Attempts()
  /** fields that hold no usable value just now */
  #wrong = $state.raw<readonly SettingKey[]>([])
  /** by file, what was typed for its weight and is none */
  #wrongWeights = $state.raw<Readonly<Record<string, string>>>({})
  #files = $state.raw<readonly DataFileView[]>([])
  #own = $state.raw<Readonly<Record<string, Own>>>({})
  #questions = $state.raw<Readonly<Record<string, string>>>({})
  /** of each project, the run that a training goes on from; null: it begins with the model as it is */
  #starts = $state.raw<Readonly<Record<string, string | null | undefined>>>({})
  readonly #offered = new Map<string, string>()
  /** somebody stands in the field of the questions: what is offered waits until they have left it */
  #writing = false
  readonly #waiting = new Map<string, string>()
  /** count what was asked for: an older answer never replaces a newer one */
  #opened = 0
  #asked = 0

  constructor() {
    onReturn(() => {
      if (this.#attempts.failure && this.#project !== null) void this.open(this.#project)
    })
  }

  get presets(): readonly Preset[] | null {
    return this.#presets
  }
  get chosen(): PresetKey | 'custom' {
    return this.#chosen
  }
  /** seconds that the user's own settings take; null: there are none, or they are not planned yet */
  get ownSeconds(): number | null {
    return this.#own[this.#project ?? '']?.plan?.seconds ?? null
  }
  /** of the chosen preset, or the expert's own */
  get settings(): Settings | null {
    return this.#settings
  }
  get plan(): TrainingPlan | null {
    return this.#plan
  }
  get cut(): number | null {
    return this.#cut
  }
  get planning(): boolean {
    return this.#planning
  }
  get starting(): boolean {
    return this.#starting
  }
  get failure(): unknown {
    return this.#attempts.failure
  }
  /** settings whose fields hold no usable value just now */
  get wrongKeys(): readonly SettingKey[] {
    return this.#wrong
  }
  /** something was typed that cannot be used */
  get wrong(): boolean {
    return this.#wrong.length > 0 || Object.keys(this.#wrongWeights).length > 0
  }

  get wrongWeights(): Readonly<Record<string, string>> {
    return this.#wrongWeights
  }

  /** of the project, once somebody has looked at them */
  get files(): readonly DataFileView[] {
    return this.#files
  }
  /** of files, as they are set now; a preset reads each once */
  get judges(): Judges {
    return (this.#chosen === 'custom' && this.#own[this.#project ?? '']?.judges) || {}
  }
  get weights(): Weights {
    return (this.#chosen === 'custom' && this.#own[this.#project ?? '']?.weights) || {}
  }

  /** the run that it goes on from; undefined: nobody has chosen yet */
  get start(): string | null | undefined {
    return this.#starts[this.#project ?? '']
  }

  /** It goes on from another run, as what is set now would do. */
  get goesOn(): boolean {
    return this.#project !== null && this.#from(this.#project, this.#settings).start !== undefined
  }

  startOf(project: string): string | null | undefined {
    return this.#starts[project]
  }

  /** What is planned and trained begins there from now on. */
  chooseStart(project: string, run: string | null | undefined): void {
    this.#starts = { ...this.#starts, [project]: run }
  }

  /** The same, planned anew at once. */
  async startFrom(run: string | null): Promise<void> {
    const project = this.#project
    if (project === null || this.#starts[project] === run) return
    this.chooseStart(project, run)
    await this.open(project)
  }

  /** lines beyond those that are asked */
  get unasked(): number {
    return Math.max(0, linesOf(this.questions).length - mostQuestions)
  }

  /** One a line; each project has its own. */
  get questions(): string {
    return this.#questions[this.#project ?? ''] ?? ''
  }
  set questions(text: string) {
    this.#questions = { ...this.#questions, [this.#project ?? '']: text }
  }

  /** Nothing is put under the hands of whoever is about to write. */
  startWriting(): void {
    this.#writing = true
  }
  stopWriting(): void {
    this.#writing = false
    for (const [project, questions] of this.#waiting) this.offer(project, questions)
    this.#waiting.clear()
  }

  /** Offers questions where the user has not written any; in another language they are offered anew. */
  offer(project: string, questions: string): void {
    if (this.#writing) {
      this.#waiting.set(project, questions)
      return
    }
    const now = this.#questions[project]
    if (now === undefined || now === this.#offered.get(project))
      this.#questions = { ...this.#questions, [project]: questions }
    this.#offered.set(project, questions)
  }

  /** Offers questions that are not learnt, of the held-out part that there will be. */
  async offerHeldOut(project: string, heldOutRatio: number): Promise<void> {
    const turn = ++this.#asked
    const questions = await call('train.questions', { project, heldOutRatio }).catch(() => null)
    if (questions && turn === this.#asked) this.offer(project, questions.join('\n'))
  }

  async open(project: string): Promise<void> {
    const turn = ++this.#opened
    // a field that goes with its page is not always left first
    this.stopWriting()
    this.#project = project
    this.#presets = this.#settings = this.#plan = this.#cut = null
    this.#wrong = []
    this.#wrongWeights = {}
    this.#files = []
    await this.#attempts.make(async () => {
      const presets = await call('train.presets', { project, ...this.#from(project) })
      // opened again meanwhile, for another project, another start or the same: what is chosen there stays
      if (turn !== this.#opened) return
      this.#presets = presets
      const recommended = presets.find((preset) => preset.recommended) ?? presets[0]
      const own = this.#own[project]?.settings
      // of a goal that the project had before: it would learn from what is not there, or as nobody wants any more
      if (own && recommended && goalOf(own.method) !== goalOf(recommended.settings.method)) {
        const { [project]: _, ...others } = this.#own
        this.#own = others
      }
      if (recommended) this.choose(recommended.key, this.#own[project]?.chosen)
      if (this.#own[project]?.chosen) await this.chooseOwn()
    })
  }

  /** What was set by hand is kept aside, unless it is only shown first. */
  choose(key: PresetKey, ownStays = false): void {
    const preset = this.#presets?.find((entry) => entry.key === key)
    if (!preset) return
    if (!ownStays) this.#changeOwn({ chosen: false })
    this.#wrong = []
    this.#wrongWeights = {}
    this.#planning = false
    this.#chosen = key
    this.#part = preset.part
    this.#settings = preset.settings
    void this.#take(preset.plan)
  }

  /** What was set by hand before; else what is chosen now becomes the user's own. */
  async chooseOwn(): Promise<void> {
    const own = this.#own[this.#project ?? '']
    if (own) this.#part = own.part
    const settings = own?.settings ?? this.#settings
    if (settings) await this.#planOwn(settings, own ?? {})
  }

  /** An expert's change: the preset becomes the user's own, and the plan is made again. */
  async set(change: Partial<Settings>): Promise<void> {
    if (!this.#settings || !this.#project) return
    await this.#planOwn({ ...this.#settings, ...change })
  }

  /** Which files there are to weigh. */
  async lookAtFiles(): Promise<void> {
    const project = this.#project
    if (project === null) return
    const view = await call('data.get', { project }).catch(() => null)
    if (view && this.#project === project) this.#files = view.files
  }

  /** So often a file is read in an epoch. */
  async weigh(file: string, weight: number): Promise<void> {
    if (!this.#settings) return
    const { [file]: _, ...others } = this.weights
    // settings of its own: a plan for other weights never stands for this one
    await this.#planOwn(
      { ...this.#settings },
      { weights: weight === 1 ? others : { ...others, [file]: weight } }
    )
  }

  /** Whether this version of a program was agreed to. */
  lookAtProgram({ id: fileId }: FileRef): Promise<Calls['train.program']['result']> {
    return call('train.program', { fileId })
  }
  /** Asks the user in a dialog of the system's own. */
  async agreeToProgram({ id: fileId }: FileRef): Promise<boolean> {
    return (await call('train.agreeProgram', { fileId })).agreed
  }

  /** What says no more is gone. */
  async judgeBy(judges: Judges): Promise<void> {
    if (this.#settings) await this.#planOwn({ ...this.#settings }, { judges })
  }

  /** What was typed for a file and is no weight; null: what stands there is one. */
  setWrongWeight(file: string, text: string | null): void {
    const { [file]: _, ...others } = this.#wrongWeights
    this.#wrongWeights = text === null ? others : { ...others, [file]: text }
  }

  /** A field says whether what stands in it can be used. */
  setValid(key: SettingKey, valid: boolean): void {
    const others = this.#wrong.filter((other) => other !== key)
    this.#wrong = valid ? others : [...others, key]
  }

  /** The settings of a run become the next one's, with who gave marks; they are there when the room is opened. Throws where
   *  one of those is gone: without it something else would be learnt. */
  async adopt(
    {
      id,
      project,
      settings,
      questions,
      weights = {}
    }: Pick<RunView, 'id' | 'project' | 'settings' | 'questions' | 'weights'>,
    change: Partial<Settings> = {}
  ): Promise<void> {
    if (project === null) return
    const judges = answersItself(settings.method) ? await call('train.judges', { run: id }) : {}
    const own = {
      settings: { ...settings, ...change },
      part: 1,
      weights,
      judges,
      plan: null,
      chosen: true
    }
    this.#own = { ...this.#own, [project]: own }
    if (questions.length > 0) this.#questions = { ...this.#questions, [project]: questions.join('\n') }
  }

  /** Takes the planner's remedy for a training that does not fit. */
  async makeItFit(): Promise<void> {
    if (this.#plan?.remedy) await this.set(this.#plan.remedy)
  }

  /** What would be trained now; null: not known yet, or something of it cannot be used. */
  get request(): Calls['runs.startRun']['args'] | null {
    const [project, settings] = [this.#project, this.#settings]
    if (!project || !settings || this.wrong) return null
    return {
      project,
      preset: this.#chosen,
      settings,
      part: this.#part,
      ...this.#from(project, settings),
      ...besideOf(this.weights, this.judges, settings),
      ...(this.judges.program && answersItself(settings.method) && { rewardProgram: this.judges.program.id }),
      questions: linesOf(this.questions).slice(0, mostQuestions)
    }
  }

  async startRun(): Promise<RunView | null> {
    const { request } = this
    if (!request) return null
    this.#starting = true
    try {
      return await this.#attempts.make(async () => {
        const run = await call('runs.startRun', request)
        runs.add(run)
        return run
      })
    } finally {
      this.#starting = false
    }
  }

  async #planOwn(
    settings: Settings,
    { weights = this.weights, judges = this.judges }: Partial<Pick<Own, 'weights' | 'judges'>> = {}
  ): Promise<void> {
    const project = this.#project ?? ''
    this.#chosen = 'custom'
    this.#settings = settings
    const plan = this.#own[project]?.plan ?? null
    this.#own = {
      ...this.#own,
      [project]: { settings, part: this.#part, weights, judges, plan, chosen: true }
    }
    this.#planning = true
    await this.#attempts.make(async () => {
      const plan = await call('train.plan', {
        project,
        settings,
        part: this.#part,
        ...this.#from(project, settings),
        ...besideOf(weights, judges, settings)
      })
      if (this.#own[project]?.settings === settings) this.#changeOwn({ plan }, project)
      if (this.#settings === settings) await this.#take(plan)
    })
    if (this.#settings === settings) this.#planning = false
  }

  /** What gives points has a head of another kind than what says words: it begins with the model, whatever was chosen. */
  #from(project: string, settings: Settings | null = null): { readonly start?: string } {
    const start = this.#starts[project]
    return start == null || (settings && rates(settings.method)) ? {} : { start }
  }

  #changeOwn(change: Partial<Own>, project = this.#project ?? ''): void {
    const own = this.#own[project]
    if (own) this.#own = { ...this.#own, [project]: { ...own, ...change } }
  }

  /** Shows a plan; where its remedy is to shorten, says of how many examples the end would go. */
  async #take(plan: TrainingPlan): Promise<void> {
    this.#plan = plan
    this.#cut = null
    const length = plan.remedy?.maxSeqLength
    if (length === undefined || !this.#project) return
    const { cutExamples } = await call('data.histogram', { project: this.#project, maxSeqLength: length })
    if (this.#plan === plan) this.#cut = cutExamples
  }
}

export const training = new Training()
