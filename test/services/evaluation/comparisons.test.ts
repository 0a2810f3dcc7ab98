// The comparison with an engine that answers from a script: what is asked, what is kept, and how it goes on
// after it was cancelled or the engine failed.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { GenerateOptions } from '../../../addon/index'
import { NeiroError } from '../../../main/contract/errors'
import type { Message } from '../../../main/contract/records'
import type { Language } from '../../../main/contract/language'
import type { Comparison } from '../../../main/contract/window/results'
import { Comparisons } from '../../../main/services/evaluation/comparisons'
import type { Desk } from '../../../main/services/engine/desk'
import type { TunedRun } from '../../../main/services/runs/tuned-run'
import { readModel, type Model } from '../../../main/services/models/read-model'
import { templateFor } from '../../../main/services/tokens/chat-template'
import { encodePrompt, type EncodeOptions } from '../../../main/services/tokens/encode'
import { Tokenizer } from '../../../main/services/tokens/tokenizer'
import { RunFigures } from '../../../main/services/runs/run-metrics'
import { ScriptedHost } from '../../fixtures/scripted-host'
import { tinyModel } from '../../fixtures/tiny-model'
import { temporaryFolder } from '../../trainer/run-fixture'

let model: Model
let tokenizer: Tokenizer
beforeAll(async () => {
  model = await readModel(tinyModel())
  tokenizer = await Tokenizer.load(model.dir)
})

const questions = ['送料は', '返品は', 'Shipping?', '在庫は', 'Opening?', '営業時間は']
let dir = ''
let mark = 'first'
let figures: RunFigures
let told: Comparison[] = []
let host: ScriptedHost
/** called before each answer */
let before: () => void
let comparisons: Comparisons
let language: Language
beforeEach(() => {
  dir = temporaryFolder()
  mkdirSync(join(dir, 'data'))
  const lines = questions.map((content) =>
    JSON.stringify({
      messages: [
        { role: 'user', content },
        { role: 'assistant', content: `${content}、こちらです。` }
      ]
    })
  )
  writeFileSync(join(dir, 'data/held-out.jsonl'), lines.join('\n'))
  ;[mark, told, before, language] = ['first', [], () => undefined, 'ja']
  figures = new RunFigures()
  let answer = ''
  host = new ScriptedHost({
    generateBegin: ({ prompt, adapter }: GenerateOptions) => {
      before()
      const asked = questions.find((question) => tokenizer.decode(prompt).includes(question))
      answer = `${adapter ? '後' : '前'}:${asked}`
      return undefined
    },
    generateNext: () => ({ tokens: tokenizer.encode(answer), finished: 'length' }),
    evaluate: ({ adapter }) => ({ nllSum: adapter ? 20 : 30, learntTokens: 10, examples: [] }),
    cancel: () => undefined
  })
  comparisons = made()
})

function made(): Comparisons {
  return new Comparisons({
    desk: { use: (_: unknown, work: (host: ScriptedHost) => unknown) => work(host) } as unknown as Desk,
    tunedRun: async () => tunedRun(),
    figures: async () => figures,
    sampleCheck: async () => null,
    onProgress: (comparison) => told.push(comparison),
    language: () => language
  })
}
function tunedRun(): TunedRun {
  const encoding: EncodeOptions = {
    tokenizer,
    template: templateFor(model),
    bosToken: null,
    eosToken: '</s>',
    maxSeqLength: 128,
    lossOn: 'responses'
  }
  return {
    place,
    model,
    tokenizer,
    encoding,
    adapterMark: mark,
    systemPrompt: 'ていねいに。',
    open: { maxContext: 256, maxTokens: 512 },
    prompt: (messages: readonly Message[]) => encodePrompt(messages, encoding)
  } as unknown as TunedRun
}
const place = {
  id: 'run',
  project: 'p',
  get dir() {
    return dir
  }
}
async function ended(): Promise<Comparison> {
  for (;;) {
    const now = await comparisons.get(place)
    if (now.state !== 'running') return now
    await new Promise((again) => setTimeout(again, 5))
  }
}

describe('a comparison', () => {
  test('asks both each question, with the run’s system prompt, pair by pair', async () => {
    await comparisons.start(place, 3)
    const done = await ended()
    expect(done).toMatchObject({ state: 'done', done: 3, total: 3, error: null })
    expect(done.pairs.map(({ base, tuned }) => [base, tuned])).toEqual(
      ['送料は', '返品は', '在庫は'].map((question) => [`前:${question}`, `後:${question}`])
    )
    expect(told.map((one) => one.done)).toEqual([0, 1, 2, 3, 3])
    const prompts = host
      .callsOf('generateBegin')
      .map((args) => tokenizer.decode((args as GenerateOptions).prompt))
    for (const prompt of prompts) expect(prompt).toContain('ていねいに。')
  })

  test('begins with the questions in the language of the window, and keeps its order', async () => {
    language = 'en'
    let answers = 0
    before = () => {
      if (++answers === 3) comparisons.cancel('run')
    }
    await comparisons.start(place, 4)
    await ended()
    language = 'ja'
    await comparisons.start(place, 4)
    expect((await ended()).pairs.map(({ question }) => question)).toEqual([
      'Shipping?',
      'Opening?',
      '送料は',
      '返品は'
    ])
  })

  test('measures losses itself where the training did not', async () => {
    await comparisons.start(place, 1)
    expect(await ended()).toMatchObject({ baseLoss: 3, tunedLoss: 2, tunedPerplexity: Math.exp(2) })
    const evaluation = (step: number, loss: number, best: boolean) =>
      figures.add({ kind: 'evaluation', step, time: '', epoch: 0, figures: { loss }, by: 'loss', best })
    evaluation(0, 5, false)
    evaluation(10, 1, true)
    evaluation(20, 1.5, false)
    mark = 'second'
    const asked = host.callsOf('evaluate').length
    await comparisons.start(place, 1)
    expect(await ended()).toMatchObject({ baseLoss: 5, tunedLoss: 1 })
    expect(host.callsOf('evaluate')).toHaveLength(asked)
  })

  test('that is cancelled keeps what was answered, and goes on there, also in the next life', async () => {
    let answers = 0
    before = () => {
      if (++answers === 5) comparisons.cancel('run')
    }
    await comparisons.start(place, 4)
    const cut = await ended()
    expect(cut).toMatchObject({ state: 'none', done: 2, total: 4, error: null, cancelled: true })
    before = () => void answers++
    comparisons = made()
    expect(await comparisons.get(place)).toEqual({ ...cut, cancelled: false })
    answers = 0
    await comparisons.start(place, 4)
    const done = await ended()
    expect(answers).toBe(4)
    expect(done.pairs.slice(0, 2)).toEqual(cut.pairs)
    expect(done.pairs.map(({ index }) => index)).toEqual([0, 1, 2, 3])
  })

  test('that is cancelled before its first answer says so until it is begun again', async () => {
    before = () => comparisons.cancel('run')
    await comparisons.start(place, 2)
    expect(await ended()).toMatchObject({ state: 'none', done: 0, error: null, cancelled: true })
    expect(told.at(-1)).toMatchObject({ cancelled: true })
    before = () => undefined
    expect(await comparisons.start(place, 2)).toMatchObject({ state: 'running', cancelled: false })
    const done = await ended()
    // too late is not cancelled
    comparisons.cancel('run')
    expect(await comparisons.get(place)).toEqual(done)
    expect(done).toMatchObject({ state: 'done', cancelled: false })
  })

  test('whose engine fails says why, and keeps what was answered', async () => {
    let answers = 0
    before = () => {
      if (++answers === 3) throw new NeiroError('ENGINE_DIED', { how: 'SIGKILL' })
    }
    await comparisons.start(place, 2)
    expect(await ended()).toMatchObject({
      state: 'none',
      done: 1,
      error: { code: 'ENGINE_DIED', details: { how: 'SIGKILL' } }
    })
    await comparisons.start(place, 2)
    expect(await ended()).toMatchObject({ state: 'done', error: null })
  })

  test('of another adapter begins anew', async () => {
    await comparisons.start(place, 2)
    await ended()
    mark = 'trained on'
    expect(await comparisons.get(place)).toMatchObject({ state: 'none', total: 0, pairs: [] })
    await comparisons.start(place, 1)
    await ended()
    const stored = JSON.parse(readFileSync(join(dir, 'comparison.json'), 'utf8')) as { adapter: string }
    expect(stored.adapter).toBe('trained on')
  })

  test('is not begun twice, and needs questions', async () => {
    const [first, second] = await Promise.all([comparisons.start(place, 4), comparisons.start(place, 4)])
    expect(first).toEqual(second)
    await ended()
    expect(host.callsOf('generateBegin')).toHaveLength(8)
    dir = temporaryFolder()
    await expect(comparisons.start(place, 4)).rejects.toMatchObject({ code: 'NO_HELD_OUT' })
  })
})
