// Two panes: each side sees its own earlier answers, each run has its own conversation, text streams into the
// exchange that was asked, and what was not answered is never sent as if it had been.
import { beforeEach, describe, expect, test } from 'vitest'
import { NeiroError } from '../../../main/contract/errors'
import { fakeBridge, later, type FakeBridge } from '../fake-bridge'
import type { chat as Chat, Talk } from '../../../renderer/state/chat.svelte'
import type { chatSettings as ChatSettings } from '../../../renderer/state/chat-settings.svelte'

interface Answer {
  base: string
  tuned: string
  stopped: boolean
}
interface Asked {
  run: string
  chat: string
  messages: { base: { content: string }[]; tuned: { content: string }[] }
  settings: Record<string, unknown>
}
let bridge: FakeBridge
let chat: typeof Chat
let settings: typeof ChatSettings
beforeEach(async () => {
  bridge = fakeBridge({ 'chat.ask': () => said(1), 'chat.cancel': () => null })
  ;({ chat } = await import('../../../renderer/state/chat.svelte'))
  ;({ chatSettings: settings } = await import('../../../renderer/state/chat-settings.svelte'))
})
const said = (n: number, stopped = false): Answer => ({ base: `b${n}`, tuned: `t${n}`, stopped })
const last = (): Asked => bridge.asked.findLast(({ name }) => name === 'chat.ask')?.args as Asked
const sent = (side: 'base' | 'tuned'): string[] => last().messages[side].map(({ content }) => content)
function ask(talk: Talk, question: string): Promise<void> {
  talk.draft = question
  return talk.ask()
}

describe('a conversation', () => {
  test('is opened with what the run learnt with, unless somebody writes something else', async () => {
    const talk = chat.of('instructed')
    settings.talkTo({ systemPrompt: 'You are the desk.' })
    await ask(talk, 'q1')
    expect([last().settings['systemPrompt'], settings.changed]).toEqual(['You are the desk.', false])
    settings.systemPrompt = ''
    await ask(talk, 'q2')
    expect([last().settings['systemPrompt'], settings.changed]).toEqual(['', true])
    settings.reset()
    settings.talkTo({})
    await ask(talk, 'q3')
    expect([last().settings['systemPrompt'], settings.changed]).toEqual(['', false])
  })

  test('carries each side’s own words into the next question', async () => {
    const talk = chat.of('run')
    await ask(talk, 'q1')
    bridge.answers['chat.ask'] = () => said(2)
    await ask(talk, ' q2 ')
    expect([sent('base'), sent('tuned')]).toEqual([
      ['q1', 'b1', 'q2'],
      ['q1', 't1', 'q2']
    ])
    expect(talk.exchanges.map(({ state }) => state)).toEqual(['done', 'done'])
    expect([talk.draft, talk.asking]).toEqual(['', false])
  })

  test('keeps what each side thinks apart from what it answers, and never sends it', async () => {
    const talk = chat.of('run')
    const slow = later<Answer>()
    bridge.answers['chat.ask'] = () => slow.promise
    const asking = ask(talk, 'q1')
    const { chat: id } = last()
    const chunk = { chat: id, side: 'tuned', done: false } as const
    bridge.tell('chat.chunk', { ...chunk, text: 'hm', thought: true })
    bridge.tell('chat.chunk', { ...chunk, text: 't' })
    expect(talk.exchanges[0]).toMatchObject({ tuned: 't', thoughts: { base: '', tuned: 'hm' } })
    slow.resolve(said(1))
    await asking
    bridge.answers['chat.ask'] = () => said(2)
    await ask(talk, 'q2')
    expect(sent('tuned')).toEqual(['q1', 't1', 'q2'])
    expect(talk.exchanges[0]?.thoughts.tuned).toBe('hm')
  })

  test('is its run’s own: another run begins with nothing, and both go on at once', async () => {
    const [one, two] = [chat.of('one'), chat.of('two')]
    await ask(one, 'q1')
    const slow = later<Answer>()
    bridge.answers['chat.ask'] = () => slow.promise
    const asking = ask(one, 'q2')
    const { chat: id } = last()
    expect(two.exchanges).toEqual([])
    bridge.answers['chat.ask'] = () => said(3)
    await ask(two, 'q3')
    expect(last()).toMatchObject({ run: 'two' })
    expect(sent('tuned')).toEqual(['q3'])
    bridge.tell('chat.chunk', { chat: id, side: 'base', text: 'あ', done: false })
    expect([one.exchanges.at(-1)?.base, two.exchanges.at(-1)?.base]).toEqual(['あ', 'b3'])
    slow.resolve(said(2))
    await asking
    expect(chat.of('one').exchanges).toHaveLength(2)
    expect(chat.of('one')).toBe(one)
  })

  test('streams to the side that answers, and text of an answer that is over is dropped', async () => {
    const slow = later<Answer>()
    bridge.answers['chat.ask'] = () => slow.promise
    const talk = chat.of('run')
    const asking = ask(talk, 'q')
    const { chat: id } = last()
    bridge.tell('chat.chunk', { chat: id, side: 'base', text: '', done: false, waitsFor: 'export' })
    expect(talk.exchanges[0]).toMatchObject({ turn: 'base', waitsFor: 'export' })
    bridge.tell('chat.chunk', { chat: id, side: 'base', text: '', done: false, waitsFor: null })
    bridge.tell('chat.chunk', { chat: id, side: 'base', text: 'はい', done: true })
    expect(talk.exchanges[0]).toMatchObject({ turn: 'tuned', waitsFor: null, tuned: '' })
    bridge.tell('chat.chunk', { chat: id, side: 'tuned', text: 'あり', done: false })
    bridge.tell('chat.chunk', { chat: id, side: 'tuned', text: 'がとう', done: false })
    bridge.tell('chat.chunk', { chat: 'older', side: 'tuned', text: '!', done: false })
    expect(talk.exchanges[0]).toMatchObject({ base: 'はい', tuned: 'ありがとう', state: 'asking' })
    slow.resolve({ base: 'はい', tuned: 'ありがとう。', stopped: false })
    await asking
    bridge.tell('chat.chunk', { chat: id, side: 'tuned', text: 'late', done: true })
    expect(talk.exchanges).toMatchObject([{ question: 'q', tuned: 'ありがとう。', state: 'done' }])
  })

  test('one question at a time, and an empty one is none', async () => {
    const slow = later<Answer>()
    bridge.answers['chat.ask'] = () => slow.promise
    const talk = chat.of('run')
    await ask(talk, '  ')
    const asking = ask(talk, 'q1')
    await ask(talk, 'q2')
    expect(bridge.asked).toHaveLength(1)
    expect(talk.draft).toBe('q2')
    slow.resolve(said(1))
    await asking
  })
})

describe('an answer that did not come', () => {
  test('stopped: it says so, keeps what was said, and is left out of what is sent', async () => {
    const slow = later<Answer>()
    bridge.answers['chat.ask'] = () => slow.promise
    const talk = chat.of('run')
    const asking = ask(talk, 'q1')
    await talk.stop()
    expect(bridge.asked.at(-1)).toEqual({ name: 'chat.cancel', args: { chat: last().chat } })
    slow.resolve({ base: '途中', tuned: '', stopped: true })
    await asking
    expect(talk.exchanges).toMatchObject([{ base: '途中', tuned: '', state: 'stopped' }])
    bridge.answers['chat.ask'] = () => ({ base: 'b2', tuned: '', stopped: false })
    await ask(talk, 'q2')
    expect(sent('base')).toEqual(['q2'])
    // the tuned one said nothing at all: that is no turn of a conversation either
    bridge.answers['chat.ask'] = () => said(3)
    await ask(talk, 'q3')
    expect([sent('base'), sent('tuned')]).toEqual([['q3'], ['q3']])
  })

  test('failed: it says why, and the question is back in the box', async () => {
    bridge.answers = {}
    const talk = chat.of('run')
    await ask(talk, 'q1')
    expect(talk.failure).toMatchObject({ code: 'UNKNOWN_CALL' })
    expect([talk.draft, talk.exchanges, talk.asking]).toEqual(['q1', [], false])
    bridge.answers['chat.ask'] = () => said(1)
    await talk.ask()
    expect(talk.failure).toBeNull()
    expect(sent('base')).toEqual(['q1'])
  })

  test('failed in the middle: what arrived stays, unless it is in the way of nothing; a new draft is kept', async () => {
    const broken = later<never>()
    bridge.answers['chat.ask'] = async () => {
      await broken.promise
      throw new NeiroError('ENGINE_DIED', { how: 'SIGKILL' })
    }
    const talk = chat.of('run')
    const asking = ask(talk, 'q1')
    bridge.tell('chat.chunk', { chat: last().chat, side: 'base', text: '途中', done: false })
    talk.draft = 'q2'
    broken.resolve(undefined as never)
    await asking
    expect(talk.exchanges).toMatchObject([{ question: 'q1', base: '途中', state: 'failed' }])
    expect([talk.draft, talk.asking]).toEqual(['q2', false])
    bridge.answers['chat.ask'] = () => said(2)
    await talk.ask()
    expect(sent('base')).toEqual(['q2'])
  })

  test('begun anew meanwhile: the old answer is stopped and comes to nobody', async () => {
    const slow = later<Answer>()
    bridge.answers['chat.ask'] = () => slow.promise
    const talk = chat.of('run')
    const asking = ask(talk, 'q1')
    await talk.clear()
    expect(bridge.asked.at(-1)?.name).toBe('chat.cancel')
    slow.resolve(said(1, true))
    await asking
    expect([talk.exchanges, talk.failure, talk.draft]).toEqual([[], null, ''])
  })
})

describe('the settings', () => {
  test('go with every question, of every run', async () => {
    const { chatFields } = await import('../../../renderer/lib/chat-fields')
    const field = (key: string) => chatFields.find((one) => one.key === key) ?? chatFields[0]!
    expect(settings.changed).toBe(false)
    settings.systemPrompt = 'ていねいに。'
    settings.type(field('topP'), '０．９')
    settings.type(field('topK'), '40')
    settings.type(field('repetitionPenalty'), '1.1')
    await ask(chat.of('run'), 'q')
    expect(last().settings).toEqual({
      systemPrompt: 'ていねいに。',
      temperature: 0,
      topP: 0.9,
      topK: 40,
      repetitionPenalty: 1.1,
      maxNewTokens: 256,
      seed: 42
    })
    // a wrong one is never dropped in silence: nothing is asked until it is right
    settings.type(field('seed'), 'abc')
    const talk = chat.of('run')
    await ask(talk, 'q2')
    expect([settings.wrong(field('seed')), settings.current, talk.draft]).toEqual(['no-number', null, 'q2'])
    expect(bridge.asked).toHaveLength(1)
    settings.reset()
    expect([settings.changed, settings.systemPrompt]).toEqual([false, ''])
    await talk.ask()
    expect(last().settings).toMatchObject({ seed: 42, topP: 1 })
  })
})

describe('a conversation with a model at a service', () => {
  const view = {
    id: 'a',
    to: { kind: 'openai', where: '' },
    model: 'ft:x',
    title: 't',
    said: ['s'],
    personal: 0
  }
  const calls = (name: string): number => bridge.asked.filter((one) => one.name === name).length

  test('shows what would leave before it asks, and asks at once where that was agreed to', async () => {
    const { asking } = await import('../../../renderer/state/asking.svelte')
    bridge.answers['asking.ofChat'] = () => view
    bridge.answers['asking.endChat'] = () => null
    const talk = chat.of('run')
    talk.draft = 'q1'
    await talk.ask(true)
    expect([calls('chat.ask'), asking.leaving, talk.draft]).toEqual([0, [view], 'q1'])
    asking.refuse()
    expect([calls('chat.ask'), talk.exchanges, talk.draft]).toEqual([0, [], 'q1'])
    await talk.ask(true)
    await asking.agree()
    expect(last()).toMatchObject({ agreed: { ids: ['a'], unmasked: false } })
    expect(talk.exchanges.map(({ tuned }) => tuned)).toEqual(['t1'])
    bridge.answers['asking.ofChat'] = () => null
    talk.draft = 'q2'
    await talk.ask(true)
    expect([calls('chat.ask'), 'agreed' in last()]).toEqual([2, false])
    expect(sent('tuned')).toEqual(['q1', 't1', 'q2'])
    await talk.clear()
    expect(calls('asking.endChat')).toBe(1)
  })

  test('one that cannot be asked says why, and nothing is asked', async () => {
    bridge.answers['asking.ofChat'] = () => {
      throw new NeiroError('CLOUD_DEPLOYMENT_NEEDED', { model: 'm' })
    }
    const talk = chat.of('run')
    talk.draft = 'q1'
    await talk.ask(true)
    expect([calls('chat.ask'), talk.draft]).toEqual([0, 'q1'])
    expect(talk.failure).toMatchObject({ code: 'CLOUD_DEPLOYMENT_NEEDED' })
  })
})
