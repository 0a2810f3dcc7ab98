// A run with six held-out questions, evaluated by an engine that answers from a script: 前: as the base, 後: as tuned.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ConversationOptions, MemoryPlan, Probe } from '../../../addon/index'
import type { Language } from '../../../main/contract/language'
import type { Evaluation } from '../../../main/contract/window/results'
import { Evaluations } from '../../../main/services/evaluation/evaluations'
import type { GeneralSet } from '../../../main/services/evaluation/general-questions'
import type { Turns } from '../../../main/services/engine/turns'
import type { TunedModel } from '../../../main/services/runs/tuned-model'
import { readModel, type Model } from '../../../main/services/models/read-model'
import type { EncodeOptions } from '../../../main/services/tokens/cut'
import { LoadedModelText } from '../../../main/services/tokens/loaded-model-text'
import type { Tokenizer } from '../../../main/services/tokens/tokenizer'
import { RunFigures } from '../../../main/services/runs/run-metrics'
import { ScriptedHost } from '../../fixtures/scripted-host'
import { tinyModel } from '../../fixtures/tiny-model'
import { temporaryFolder } from '../../trainer/run-fixture'

const questions = ['送料は', '返品は', 'Shipping?', '在庫は', 'Opening?', '営業時間は']
const general: GeneralSet = { questions: [], texts: [] }

export class ScriptedRun {
  dir = temporaryFolder()
  mark = 'first'
  /** as an earlier version would tell it */
  markBefore = 'size and time'
  language: Language = 'ja'
  readonly figures = new RunFigures()
  readonly told: Evaluation[] = []
  /** called before each answer */
  before: () => void = () => undefined
  /** what a service made of the run */
  service: TunedModel['service']
  readonly host: ScriptedHost
  evaluations: Evaluations

  static async made(): Promise<ScriptedRun> {
    const model = await readModel(tinyModel())
    return new ScriptedRun(model, await LoadedModelText.load(model))
  }

  private constructor(
    private readonly model: Model,
    private readonly modelText: LoadedModelText
  ) {
    mkdirSync(join(this.dir, 'data'))
    const lines = questions.map((content) =>
      JSON.stringify({
        messages: [
          { role: 'user', content },
          { role: 'assistant', content: `${content}、こちらです。` }
        ]
      })
    )
    writeFileSync(join(this.dir, 'data/held-out.jsonl'), lines.join('\n'))
    let answer = ''
    let left: number[] = []
    this.host = new ScriptedHost({
      // room for one conversation
      probe: () => ({ memoryAvailableBytes: 0 }) as Probe,
      planMemory: () => ({ total: 1 }) as MemoryPlan,
      beginConversation: async ({ prompt, adapter }: ConversationOptions) => {
        this.before()
        const said = await this.tokenizer.decode(prompt)
        const asked = questions.find((question) => said.includes(question))
        answer = `${adapter === 0 ? '後' : '前'}:${asked}`
        left = [...(await this.tokenizer.encode(answer))]
        return 0
      },
      advance: () => {
        const [token = 0] = left.splice(0, 1)
        return [{ place: 0, token, ended: left.length === 0 ? 'length' : null }]
      },
      endConversation: () => undefined,
      evaluate: ({ adapter, batch }) => {
        const examples = Array.from(batch.lengths, () => ({ nllSum: adapter ? 20 : 30, learntTokens: 10 }))
        return { nllSum: NaN, learntTokens: NaN, examples }
      },
      cancel: () => undefined
    })
    this.evaluations = this.made()
  }

  get tokenizer(): Tokenizer {
    return this.modelText.tokenizer
  }
  get place() {
    return { id: 'run', project: 'p', dir: this.dir }
  }

  /** As after a restart. */
  made(): Evaluations {
    return new Evaluations({
      turns: {
        use: (_: unknown, work: (host: ScriptedHost) => unknown) => work(this.host)
      } as unknown as Turns,
      tuned: async () => this.tuned(),
      figures: async () => this.figures,
      runOf: () => Promise.reject(new Error('no other run')),
      readDocuments: async () => [],
      generalSet: async () => general,
      sampleCheck: async () => () => null,
      onProgress: (evaluation) => this.told.push(evaluation),
      language: () => this.language
    })
  }

  tuned(): TunedModel {
    const { model, modelText, dir, mark, markBefore, service } = this
    const encoding: EncodeOptions = { modelText, maxSeqLength: 128, lossOn: 'responses' }
    const open = { maxContext: 256, maxTokens: 512, adapterDir: '/adapter' }
    return {
      ...{ model, modelText, encoding, mark, markBefore, open, openBase: open },
      ...{ adapterDir: '/adapter', isTuned: service === undefined, runDir: dir },
      ...(service && { service }),
      ...{ systemPrompt: 'ていねいに。', stopTokens: [] }
    } as unknown as TunedModel
  }

  sheetDir(): string {
    return join(this.dir, 'evaluations', readdirSync(join(this.dir, 'evaluations'))[0] ?? '')
  }
  itemsFile(): string {
    return join(this.sheetDir(), 'items.jsonl')
  }
  headOf(): unknown {
    const lines = readFileSync(this.itemsFile(), 'utf8')
      .split('\n')
      .map((line) => (line === '' ? {} : (JSON.parse(line) as { head?: unknown })))
    return (lines.findLast((line) => line.head !== undefined) ?? {}).head
  }
  async ended(): Promise<Evaluation> {
    for (;;) {
      const now = await this.evaluations.get(this.place)
      if (now.state !== 'running') return now
      await new Promise((again) => setTimeout(again, 5))
    }
  }
}
