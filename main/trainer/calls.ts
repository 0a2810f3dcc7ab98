// What the trainer answers to each call of the protocol: one row per call. One thing at a time: a training or
// one open session; the engine itself refuses a second call while one is running.
import type { OpenOptions, Session } from '../../addon/index'
import { NeiroError } from '../contract/errors'
import type { RunProgress } from '../contract/records'
import type { TrainerCallName, TrainerCalls, TrainerMessage } from '../contract/trainer-protocol'
import type { Engine } from './load-addon'
import { pooled } from './pooling'
import { Readings } from './readings'
import { thinned } from './thinned'
import { trainRun } from './train-run'
import type { LoopRequest } from './training-loop'

type CallTable = {
  readonly [C in TrainerCallName]: (args: TrainerCalls[C]['args']) => Promise<TrainerCalls[C]['result']>
}
type TrainResult = TrainerCalls['startRun']['result']

const progressIntervalMs = 200

export class Calls {
  private session: Session | null = null
  private readonly readings = new Readings((read, tokens) => this.send({ kind: 'read', read, tokens }))
  private training: { request: LoopRequest | null; readonly ended: Promise<unknown> } | null = null

  constructor(
    private readonly engine: Engine,
    private readonly send: (message: TrainerMessage) => void
  ) {}

  answer(call: TrainerCallName, args: unknown): Promise<unknown> {
    const row = Object.hasOwn(this.table, call) ? this.table[call] : null
    if (!row) throw new NeiroError('INTERNAL', { reason: `unknown call ${call}` })
    return (row as (args: unknown) => Promise<unknown>)(args)
  }

  /** Lets a training end at its next step boundary, then frees everything. */
  async end(request: LoopRequest): Promise<void> {
    if (this.training) {
      this.ask(request)
      // who could read it has gone
      if (request === 'interrupt') this.readings.giveUp()
      await this.training.ended
    }
    this.session?.cancel()
    await this.closeSession()
  }

  private readonly table: CallTable = {
    probe: () => this.engine.probe(),
    inspectModel: ({ modelDir }) => this.engine.inspectModel(modelDir),
    planMemory: (options) => this.engine.planMemory(options),
    calibrate: ({ threads, device }) => this.engine.calibrate(threads, device),
    combineAdapters: async (options) => void (await this.engine.combineAdapters(options)),

    startRun: ({ runDir }) => this.startRun(runDir),
    pauseRun: async () => this.ask('pause'),
    stopRun: async () => this.ask('stop'),
    tellTexts: async ({ read, texts }) => this.readings.told(read, texts),

    open: (options) => this.open(options),
    evaluate: ({ batch, adapter }) => this.opened().evaluate(batch, { adapter }),
    logits: ({ tokens, lengths, adapter }) => this.opened().logits({ tokens, lengths }, { adapter }),
    headScores: ({ head, ...texts }) => this.opened().headScores(texts, { head }),
    embed: async ({ pooling, ...texts }) =>
      pooled(await this.opened().hiddenStates(texts, { adapter: false }), texts.lengths, pooling),
    generateBegin: async (options) => void (await this.opened().generateBegin(options)),
    generateNext: ({ count }) => this.opened().generateNext(count),
    beginConversation: (options) => this.opened().beginConversation(options),
    advance: () => this.opened().advance(),
    endConversation: async ({ place }) => void (await this.opened().endConversation(place)),
    saveAdapter: async (options) => void (await this.opened().saveAdapter(options)),
    saveMerged: async (options) => void (await this.opened().saveMerged(options)),
    saveGguf: async (options) => void (await this.opened().saveGguf(options)),
    saveGgufAdapter: async (options) => void (await this.opened().saveGgufAdapter(options)),
    checkGguf: ({ file }) => this.opened().checkGguf(file),
    checkGgufAdapter: ({ file }) => this.opened().checkGgufAdapter(file),
    ggufBytes: ({ type }) => this.opened().ggufBytes(type),
    cancel: async () => void this.session?.cancel(),
    close: () => this.closeSession()
  }

  private async startRun(runDir: string): Promise<TrainResult> {
    this.refuseWhileTraining()
    const tell = (progress: RunProgress): void => this.send({ kind: 'progress', progress })
    const progress = thinned(tell, progressIntervalMs, Date.now)
    const running = this.closeSession().then(async () =>
      trainRun(runDir, {
        backend: (await this.engine.probe()).backend,
        openSession: (options) => this.engine.Session.open(options),
        request: () => this.training?.request ?? null,
        textsOf: (tokens) => this.readings.ask(tokens),
        onMetric: (line) => this.send({ kind: 'metric', line }),
        onProgress: progress.send
      })
    )
    this.training = { request: null, ended: running.catch(() => undefined) }
    try {
      const { outcome, step } = await running
      // only a parent that has gone asks for 'interrupt', and nobody is left to read this answer
      return { outcome: outcome === 'interrupted' ? 'paused' : outcome, step }
    } finally {
      progress.flush()
      this.training = null
    }
  }

  /** The first wish stands, but a stop may follow a pause that has not happened yet. */
  private ask(request: LoopRequest): undefined {
    if (this.training && (this.training.request === null || request === 'stop'))
      this.training.request = request
  }

  private async open(options: OpenOptions): Promise<TrainerCalls['open']['result']> {
    this.refuseWhileTraining()
    await this.closeSession()
    this.session = await this.engine.Session.open(options)
    return this.session.info()
  }

  private opened(): Session {
    this.refuseWhileTraining()
    if (!this.session) {
      throw new NeiroError('NO_MODEL_OPEN')
    }
    return this.session
  }

  private async closeSession(): Promise<undefined> {
    const session = this.session
    this.session = null
    await session?.close()
  }

  private refuseWhileTraining(): void {
    if (this.training) {
      throw new NeiroError('TRAINER_BUSY')
    }
  }
}
