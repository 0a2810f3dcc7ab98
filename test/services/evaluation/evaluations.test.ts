// Evaluations with an engine that answers from a script: what is asked, what is kept, and how they go on after they
// were cancelled or the engine failed.
import { appendFileSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Batch, ConversationOptions, MemoryPlan, Probe } from '../../../addon/index'
import { NeiroError } from '../../../main/contract/errors'
import type { Message } from '../../../main/contract/records'
import type { Language } from '../../../main/contract/language'
import type { Evaluation } from '../../../main/contract/window/results'
import { Evaluations, learntAmong } from '../../../main/services/evaluation/evaluations'
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

let model: Model
let modelText: LoadedModelText
let tokenizer: Tokenizer
beforeAll(async () => {
  model = await readModel(tinyModel())
  modelText = await LoadedModelText.load(model)
  tokenizer = modelText.tokenizer
})

const questions = ['送料は', '返品は', 'Shipping?', '在庫は', 'Opening?', '営業時間は']
let dir = ''
let mark = 'first'
let figures: RunFigures
let told: Evaluation[] = []
let host: ScriptedHost
/** called before each answer */
let before: () => void
let evaluations: Evaluations
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
  let left: number[] = []
  host = new ScriptedHost({
    // room for one conversation
    probe: () => ({ memoryAvailableBytes: 0 }) as Probe,
    planMemory: () => ({ total: 1 }) as MemoryPlan,
    beginConversation: async ({ prompt, adapter }: ConversationOptions) => {
      before()
      const said = await tokenizer.decode(prompt)
      const asked = questions.find((question) => said.includes(question))
      answer = `${adapter === 0 ? '後' : '前'}:${asked}`
      left = [...(await tokenizer.encode(answer))]
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
  evaluations = made()
})

function made(): Evaluations {
  return new Evaluations({
    turns: { use: (_: unknown, work: (host: ScriptedHost) => unknown) => work(host) } as unknown as Turns,
    tuned: async () => tuned(),
    figures: async () => figures,
    runOf: () => Promise.reject(new Error('no other run')),
    readDocuments: async () => [],
    generalSet: async () => general,
    sampleCheck: async () => () => null,
    onProgress: (evaluation) => told.push(evaluation),
    language: () => language
  })
}
function tuned(): TunedModel {
  const encoding: EncodeOptions = {
    modelText,
    maxSeqLength: 128,
    lossOn: 'responses'
  }
  return {
    model,
    modelText,
    encoding,
    adapterDir: '/adapter',
    isTuned: true,
    runDir: dir,
    mark,
    systemPrompt: 'ていねいに。',
    open: { maxContext: 256, maxTokens: 512, adapterDir: '/adapter' },
    openBase: { maxContext: 256, maxTokens: 512, adapterDir: '/adapter' },
    stopTokens: []
  } as unknown as TunedModel
}
const same = { terms: 'same', context: 'same', consistent: 'same', culture: 'same' } as const
const general: GeneralSet = { questions: [], texts: [] }
const place = {
  id: 'run',
  project: 'p',
  get dir() {
    return dir
  }
}
const sheetDir = (): string => join(dir, 'evaluations', readdirSync(join(dir, 'evaluations'))[0] ?? '')
const itemsFile = (): string => join(sheetDir(), 'items.jsonl')
const headOf = (): unknown =>
  (
    readFileSync(itemsFile(), 'utf8')
      .split('\n')
      .map((line) => (line === '' ? {} : (JSON.parse(line) as { head?: unknown })))
      .findLast((line) => line.head !== undefined) ?? {}
  ).head
async function ended(): Promise<Evaluation> {
  for (;;) {
    const now = await evaluations.get(place)
    if (now.state !== 'running') return now
    await new Promise((again) => setTimeout(again, 5))
  }
}

describe('an evaluation', () => {
  test('asks both each question, with the run’s system prompt, pair by pair', async () => {
    await evaluations.start(place, { limit: 3 })
    const done = await ended()
    expect(done).toMatchObject({ state: 'done', done: 3, total: 3, error: null })
    expect(done.pairs.map(({ base, tuned }) => [base, tuned])).toEqual(
      ['送料は', '返品は', '在庫は'].map((question) => [`前:${question}`, `後:${question}`])
    )
    expect([...new Set(told.map((one) => one.done))]).toEqual([0, 1, 2, 3])
    const prompts = await Promise.all(
      host.callsOf('beginConversation').map((args) => tokenizer.decode((args as ConversationOptions).prompt))
    )
    for (const prompt of prompts) expect(prompt).toContain('ていねいに。')
  })

  test('begins with the questions in the language of the window, and keeps its order', async () => {
    language = 'en'
    let answers = 0
    before = () => {
      if (++answers === 3) evaluations.cancel('run')
    }
    await evaluations.start(place, { limit: 4 })
    await ended()
    language = 'ja'
    await evaluations.start(place, { limit: 4 })
    expect((await ended()).pairs.map(({ question }) => question)).toEqual([
      'Shipping?',
      'Opening?',
      '送料は',
      '返品は'
    ])
  })

  test('measures losses itself where the training did not', async () => {
    await evaluations.start(place, { limit: 1 })
    expect(await ended()).toMatchObject({ baseLoss: 3, tunedLoss: 2, tunedPerplexity: Math.exp(2) })
    const evaluation = (step: number, loss: number, best: boolean) =>
      figures.add({ kind: 'evaluation', step, time: '', epoch: 0, figures: { loss }, by: 'loss', best })
    evaluation(0, 5, false)
    evaluation(10, 1, true)
    evaluation(20, 1.5, false)
    mark = 'second'
    host.asked.length = 0
    await evaluations.start(place, { limit: 1 })
    expect(await ended()).toMatchObject({ baseLoss: 5, tunedLoss: 1 })
    // of what is answered, each by itself: an interval needs it
    const batches = host.callsOf('evaluate').map((args) => (args as { batch: Batch }).batch.lengths.length)
    expect(batches).toEqual([1, 1])
  })

  test('that is cancelled keeps what was answered, and goes on there, also in the next life', async () => {
    let answers = 0
    before = () => {
      if (++answers === 5) evaluations.cancel('run')
    }
    await evaluations.start(place, { limit: 4 })
    const cut = await ended()
    expect(cut).toMatchObject({ state: 'none', done: 2, total: 4, error: null, cancelled: true })
    before = () => void answers++
    evaluations = made()
    expect(await evaluations.get(place)).toEqual({ ...cut, cancelled: false })
    answers = 0
    await evaluations.start(place, { limit: 4 })
    const done = await ended()
    expect(answers).toBe(4)
    expect(done.pairs.slice(0, 2)).toEqual(cut.pairs)
    expect(done.pairs.map(({ index }) => index)).toEqual([0, 1, 2, 3])
  })

  test('that is cancelled before its first answer says so until it is begun again', async () => {
    before = () => evaluations.cancel('run')
    await evaluations.start(place, { limit: 2 })
    expect(await ended()).toMatchObject({ state: 'none', done: 0, error: null, cancelled: true })
    expect(told.at(-1)).toMatchObject({ cancelled: true })
    before = () => undefined
    expect(await evaluations.start(place, { limit: 2 })).toMatchObject({ state: 'running', cancelled: false })
    const done = await ended()
    // too late is not cancelled
    evaluations.cancel('run')
    expect(await evaluations.get(place)).toEqual(done)
    expect(done).toMatchObject({ state: 'done', cancelled: false })
  })

  test('whose engine fails says why, and keeps what was answered', async () => {
    let answers = 0
    before = () => {
      if (++answers === 3) throw new NeiroError('ENGINE_DIED', { how: 'SIGKILL' })
    }
    await evaluations.start(place, { limit: 2 })
    expect(await ended()).toMatchObject({
      state: 'none',
      done: 1,
      error: { code: 'ENGINE_DIED', details: { how: 'SIGKILL' } }
    })
    await evaluations.start(place, { limit: 2 })
    expect(await ended()).toMatchObject({ state: 'done', error: null })
  })

  test('of another adapter begins anew, and what the former one left is gone', async () => {
    await evaluations.start(place, { limit: 2 })
    await ended()
    mark = 'trained on'
    expect(await evaluations.get(place)).toMatchObject({ state: 'none', total: 0, pairs: [] })
    await evaluations.start(place, { limit: 1 })
    await ended()
    expect(readdirSync(join(dir, 'evaluations'))).toHaveLength(1)
    expect(headOf()).toMatchObject({ adapter: 'trained on', asked: 1 })
  })

  test('goes on in the middle of a pair: what the base has answered is not asked again', async () => {
    let answers = 0
    before = () => {
      if (++answers === 2) evaluations.cancel('run')
    }
    await evaluations.start(place, { limit: 2 })
    expect(await ended()).toMatchObject({ done: 0, cancelled: true })
    before = () => undefined
    host.asked.length = 0
    await evaluations.start(place, { limit: 2 })
    expect(await ended()).toMatchObject({ state: 'done', done: 2 })
    const asked = host.callsOf('beginConversation').map((args) => (args as ConversationOptions).adapter)
    expect(asked).toEqual([0, null, 0])
  })

  test('writes each answer once: what is kept grows by the line, whatever was kept before', async () => {
    const sizes: number[] = []
    before = () => sizes.push(statSync(itemsFile(), { throwIfNoEntry: false })?.size ?? 0)
    await evaluations.start(place, { limit: 6 })
    await ended()
    const text = readFileSync(itemsFile(), 'utf8')
    // a text, two scores and two answers of each of six items
    // and what the sheet is about, when it began and when more was wanted
    expect(text.split('\n')).toHaveLength(6 * 5 + 2 + 1)
    expect(sizes).toEqual([...sizes].sort((a, b) => a - b))
  })

  test('after a torn line asks what the line had said, and nothing else', async () => {
    await evaluations.start(place, { limit: 3 })
    const whole = await ended()
    const text = readFileSync(itemsFile(), 'utf8')
    writeFileSync(itemsFile(), text.slice(0, -10))
    evaluations = made()
    expect(await evaluations.get(place)).toMatchObject({ state: 'none', done: 2, total: 3 })
    host.asked.length = 0
    await evaluations.start(place, { limit: 3 })
    expect(await ended()).toEqual(whole)
    expect(host.callsOf('beginConversation')).toHaveLength(1)
    appendFileSync(itemsFile(), 'nonsense\n')
    expect(await made().get(place)).toEqual(whole)
  })

  test('of several turns asks for the last answer, and shows the question that it is to', async () => {
    const talk: Message[] = [
      { role: 'user', content: '送料は' },
      { role: 'assistant', content: '550円です。' },
      { role: 'user', content: '返品は' },
      { role: 'assistant', content: '七日以内に。' }
    ]
    writeFileSync(join(dir, 'data/held-out.jsonl'), JSON.stringify({ messages: talk }))
    await evaluations.start(place, { limit: 1 })
    const [pair] = (await ended()).pairs
    expect(pair).toMatchObject({ before: talk.slice(0, 2), question: '返品は', reference: '七日以内に。' })
    const [asked] = host.callsOf('beginConversation') as ConversationOptions[]
    const prompt = await tokenizer.decode(asked?.prompt ?? new Int32Array())
    for (const { content } of talk.slice(0, 3)) expect(prompt).toContain(content)
    expect(prompt).not.toContain('七日以内に。')
  })

  test('takes over what an earlier version had kept in one file', async () => {
    const pairs = ['送料は', '返品は'].map((question, index) => ({
      ...{ index, question, reference: '', base: `もと${index}`, tuned: `あと${index}`, sample: null }
    }))
    const losses = { base: null, tuned: null }
    const old = { version: 2, adapter: mark, total: 3, language: 'ja', losses, pairs }
    writeFileSync(join(dir, 'comparison.json'), JSON.stringify(old))
    expect(await evaluations.get(place)).toMatchObject({ state: 'none', done: 2, total: 3 })
    expect(readdirSync(dir)).not.toContain('comparison.json')
    await evaluations.start(place, { limit: 3 })
    const done = await ended()
    expect(done.pairs.map(({ base }) => base)).toEqual(['もと0', 'もと1', '前:在庫は'])
    expect(host.callsOf('beginConversation')).toHaveLength(2)
  })

  test('is read once, however often it is asked for, and anew when another has written to it', async () => {
    await evaluations.start(place, { limit: 3 })
    await ended()
    const held = await evaluations.held(place)
    const votes = await evaluations.votes(place)
    await votes.vote((await votes.ballot('A', 10)).id, (await votes.ballot('A', 10)).item?.index ?? -1, same)
    expect((await evaluations.held(place))?.opened).toBe(held?.opened)
    const text = readFileSync(itemsFile(), 'utf8')
    writeFileSync(itemsFile(), text.slice(0, text.trimEnd().lastIndexOf('\n') + 1))
    expect((await evaluations.held(place))?.opened).not.toBe(held?.opened)
    expect(await evaluations.get(place)).toMatchObject({ state: 'none', done: 2 })
  })

  test('is not begun twice, and needs questions', async () => {
    const [first, second] = await Promise.all([
      evaluations.start(place, { limit: 4 }),
      evaluations.start(place, { limit: 4 })
    ])
    // the later one may already see an answer
    expect([first.state, second.state]).toEqual(['running', 'running'])
    await ended()
    expect(host.callsOf('beginConversation')).toHaveLength(8)
    writeFileSync(join(dir, 'data/held-out.jsonl'), '')
    await expect(evaluations.start(place, { limit: 4 })).rejects.toMatchObject({ code: 'NO_HELD_OUT' })
    // a run whose folder does not say what it kept out
    dir = temporaryFolder()
    await expect(evaluations.start(place, { limit: 4 })).rejects.toMatchObject({ code: 'HELD_OUT_NOT_KEPT' })
  })
})

test('rows that a run has learnt from are found by their question, whatever the answer', async () => {
  const example = (question: string, answer: string) => ({
    kind: 'conversation' as const,
    messages: [
      { role: 'user' as const, content: question },
      { role: 'assistant' as const, content: answer }
    ],
    source: { file: 'x', row: 1 }
  })
  const { messages } = example('送料は？', '550円')
  writeFileSync(join(dir, 'data/train.jsonl'), `${JSON.stringify({ messages })}\n`)
  const asked = [example('送料は?', '600円'), example('返品は', 'はい')]
  expect(await learntAmong(asked, dir)).toBe(1)
  expect(await learntAmong(asked, temporaryFolder())).toBeNull()
})
