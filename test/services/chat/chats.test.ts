// A chat with an engine that answers from a script: both sides in turn, who waits for whom, and what is said of an
// answer that was stopped.
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { GenerateOptions } from '../../../addon/index'
import type { ChatChunk, ChatSettings } from '../../../main/contract/window/results'
import { EngineProcess } from '../../../main/services/engine/engine-process'
import { Chats, type ChatRequest } from '../../../main/services/chat/chats'
import { Turns } from '../../../main/services/engine/turns'
import type { TunedModel } from '../../../main/services/runs/tuned-model'
import { readModel, type Model } from '../../../main/services/models/read-model'
import { LoadedModelText } from '../../../main/services/tokens/loaded-model-text'
import type { TrainerHost } from '../../../main/services/engine/trainer-host'
import { ScriptedHost } from '../../fixtures/scripted-host'
import { tinyModel } from '../../fixtures/tiny-model'

let model: Model
let modelText: LoadedModelText
beforeAll(async () => {
  model = await readModel(tinyModel())
  modelText = await LoadedModelText.load(model)
})

const settings: ChatSettings = {
  systemPrompt: '',
  temperature: 0.7,
  topP: 0.9,
  topK: 40,
  repetitionPenalty: 1.1,
  maxNewTokens: 32,
  seed: 7
}
const request: ChatRequest = {
  chat: 'chat',
  messages: { base: [{ role: 'user', content: '質問' }], tuned: [{ role: 'user', content: '質問' }] },
  settings
}

let told: ChatChunk[] = []
let host: ScriptedHost
let turns: Turns
let chats: Chats
let onText: () => void
beforeEach(() => {
  told = []
  onText = () => undefined
  let answer = ''
  host = new ScriptedHost({
    open: () => ({}) as never,
    generateBegin: ({ adapter }: GenerateOptions) => {
      answer = adapter ? '承知しました。' : 'はい。'
      return undefined
    },
    generateNext: async () => ({ tokens: await modelText.tokenizer.encode(answer), finished: 'length' }),
    cancel: () => undefined
  })
  const engine = Object.assign(host, { exited: new Promise(() => undefined), stop: async () => undefined })
  turns = new Turns(
    new EngineProcess({ idleMs: 60_000, start: async () => engine as unknown as TrainerHost })
  )
  chats = new Chats(turns, (chunk) => {
    told.push(chunk)
    if (chunk.text !== '') onText()
  })
})
const run = (): TunedModel => {
  const open = { modelDir: model.dir, baseQuantization: 'none', threads: 1, maxContext: 128, maxTokens: 128 }
  return {
    model,
    modelText,
    open,
    openBase: open,
    stopTokens: [2]
  } as unknown as TunedModel
}

/** Has the turn until it is ended. */
function anExport(): { exporting: Promise<void>; end: () => void } {
  let end = (): void => undefined
  const held = new Promise<void>((done) => (end = done))
  return { exporting: turns.use(null, () => held, { work: 'export' }), end }
}

describe('a question', () => {
  test('is answered by both with the same settings, and nobody waits', async () => {
    expect(await chats.ask(run(), request)).toEqual({
      base: 'はい。',
      tuned: '承知しました。',
      stopped: false
    })
    const { systemPrompt: _, maxNewTokens, ...sampling } = settings
    for (const asked of host.callsOf('generateBegin')) expect(asked).toMatchObject({ maxNewTokens, sampling })
    expect(told.filter((chunk) => 'waitsFor' in chunk)).toEqual([])
    expect(told.filter(({ done }) => done).map(({ side }) => side)).toEqual(['base', 'tuned'])
  })

  test('says for whom it waits, and when its turn has come', async () => {
    const { exporting, end } = anExport()
    const asking = chats.ask(run(), request)
    expect(told).toEqual([{ chat: 'chat', side: 'base', text: '', done: false, waitsFor: 'export' }])
    end()
    await exporting
    expect(await asking).toMatchObject({ stopped: false })
    expect(told[1]).toMatchObject({ side: 'base', waitsFor: null })
  })

  test('that is stopped while it waits ends at once, without a word', async () => {
    const { exporting, end } = anExport()
    const asking = chats.ask(run(), request)
    chats.cancel('chat')
    expect(await asking).toEqual({ base: '', tuned: '', stopped: true })
    end()
    await exporting
    expect(host.callsOf('generateBegin')).toEqual([])
  })

  test('that is stopped in the middle says what there was', async () => {
    onText = () => chats.cancel('chat')
    expect(await chats.ask(run(), request)).toEqual({ base: 'はい。', tuned: '', stopped: true })
  })
})
