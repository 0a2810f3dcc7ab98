// Evaluations with an engine that answers from a script: what is asked, what is kept, and how they go on after they
// were cancelled or the engine failed.
import { appendFileSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Batch, ConversationOptions } from '../../../addon/index'
import { NeiroError } from '../../../main/contract/errors'
import type { Message } from '../../../main/contract/records'
import { evaluationWords } from '../../../main/words/evaluation'
import { seenNote } from '../../../main/words/evaluation/seen-note'
import { readKept } from '../../../main/services/runs/run-data'
import { seenAmong, SeenInRuns } from '../../../main/services/evaluation/seen'
import { temporaryFolder } from '../../trainer/run-fixture'
import { ScriptedRun } from './scripted-run'

let run: ScriptedRun
beforeEach(async () => {
  run = await ScriptedRun.made()
})
const same = { terms: 'same', context: 'same', consistent: 'same', culture: 'same' } as const

describe('an evaluation', () => {
  test('asks both each question, with the run’s system prompt, pair by pair', async () => {
    await run.evaluations.start(run.place, { limit: 3 })
    const done = await run.ended()
    expect(done).toMatchObject({ state: 'done', done: 3, total: 3, error: null })
    expect(done.pairs.map(({ base, tuned }) => [base, tuned])).toEqual(
      ['送料は', '返品は', '在庫は'].map((question) => [`前:${question}`, `後:${question}`])
    )
    expect([...new Set(run.told.map((one) => one.done))]).toEqual([0, 1, 2, 3])
    const prompts = await Promise.all(
      run.host
        .callsOf('beginConversation')
        .map((args) => run.tokenizer.decode((args as ConversationOptions).prompt))
    )
    for (const prompt of prompts) expect(prompt).toContain('ていねいに。')
  })

  test('keeps general questions apart: their sheet says what it is, that of the task does not', async () => {
    await run.evaluations.start(run.place, { limit: 1, general: true })
    await run.ended()
    const kept = join(run.place.dir, 'evaluations')
    const heads = readdirSync(kept).map((name) => {
      const [first = ''] = readFileSync(join(kept, name, 'items.jsonl'), 'utf8').split('\n')
      return (JSON.parse(first) as { head: { general?: boolean } }).head.general ?? false
    })
    expect(heads.sort()).toEqual([false, true])
  })

  test('begins with the questions in the language of the window, and keeps its order', async () => {
    run.language = 'en'
    let answers = 0
    run.before = () => {
      if (++answers === 3) run.evaluations.cancel('run')
    }
    await run.evaluations.start(run.place, { limit: 4 })
    await run.ended()
    run.language = 'ja'
    await run.evaluations.start(run.place, { limit: 4 })
    expect((await run.ended()).pairs.map(({ question }) => question)).toEqual([
      'Shipping?',
      'Opening?',
      '送料は',
      '返品は'
    ])
  })

  test('measures losses itself where the training did not', async () => {
    await run.evaluations.start(run.place, { limit: 1 })
    expect(await run.ended()).toMatchObject({ baseLoss: 3, tunedLoss: 2, tunedPerplexity: Math.exp(2) })
    const evaluation = (step: number, loss: number, best: boolean) =>
      run.figures.add({ kind: 'evaluation', step, time: '', epoch: 0, figures: { loss }, by: 'loss', best })
    evaluation(0, 5, false)
    evaluation(10, 1, true)
    evaluation(20, 1.5, false)
    run.mark = 'second'
    run.host.asked.length = 0
    await run.evaluations.start(run.place, { limit: 1 })
    expect(await run.ended()).toMatchObject({ baseLoss: 5, tunedLoss: 1 })
    // of what is answered, each by itself: an interval needs it
    const batches = run.host
      .callsOf('evaluate')
      .map((args) => (args as { batch: Batch }).batch.lengths.length)
    expect(batches).toEqual([1, 1])
  })

  test('that is cancelled keeps what was answered, and goes on there, also in the next life', async () => {
    let answers = 0
    run.before = () => {
      if (++answers === 5) run.evaluations.cancel('run')
    }
    await run.evaluations.start(run.place, { limit: 4 })
    const cut = await run.ended()
    expect(cut).toMatchObject({ state: 'none', done: 2, total: 4, error: null, cancelled: true })
    run.before = () => void answers++
    run.evaluations = run.made()
    expect(await run.evaluations.get(run.place)).toEqual({ ...cut, cancelled: false })
    answers = 0
    await run.evaluations.start(run.place, { limit: 4 })
    const done = await run.ended()
    expect(answers).toBe(4)
    expect(done.pairs.slice(0, 2)).toEqual(cut.pairs)
    expect(done.pairs.map(({ index }) => index)).toEqual([0, 1, 2, 3])
  })

  test('that is cancelled before its first answer says so until it is begun again', async () => {
    run.before = () => run.evaluations.cancel('run')
    await run.evaluations.start(run.place, { limit: 2 })
    expect(await run.ended()).toMatchObject({ state: 'none', done: 0, error: null, cancelled: true })
    expect(run.told.at(-1)).toMatchObject({ cancelled: true })
    run.before = () => undefined
    expect(await run.evaluations.start(run.place, { limit: 2 })).toMatchObject({
      state: 'running',
      cancelled: false
    })
    const done = await run.ended()
    // too late is not cancelled
    run.evaluations.cancel('run')
    expect(await run.evaluations.get(run.place)).toEqual(done)
    expect(done).toMatchObject({ state: 'done', cancelled: false })
  })

  test('whose engine fails says why, and keeps what was answered', async () => {
    let answers = 0
    run.before = () => {
      if (++answers === 3) throw new NeiroError('ENGINE_DIED', { how: 'SIGKILL' })
    }
    await run.evaluations.start(run.place, { limit: 2 })
    expect(await run.ended()).toMatchObject({
      state: 'none',
      done: 1,
      error: { code: 'ENGINE_DIED', details: { how: 'SIGKILL' } }
    })
    await run.evaluations.start(run.place, { limit: 2 })
    expect(await run.ended()).toMatchObject({ state: 'done', error: null })
  })

  test('is not touched by what is asked in another place: it stays done, and the other one has its own ways', async () => {
    await run.evaluations.start(run.place, { limit: 3 })
    const done = await run.ended()
    expect(done).toMatchObject({ state: 'done', done: 3, total: 3 })
    const head = run.headOf()
    const tuned = run.tuned()
    const examples = (await readKept(run.dir, 'held-out')) ?? []
    const keptIn = join(run.dir, 'advice')
    const asked = { limit: 2, candidates: [{ kind: 'prompt', prompt: 'x' }] as const }
    const how = { ...asked, signal: new AbortController().signal, onLine: () => undefined }
    const advised = await run.evaluations.evaluate({ tuned, examples, keptIn }, how)
    expect([advised.asked, advised.candidates.map(({ kind }) => kind)]).toEqual([
      2,
      ['base', 'prompt', 'tuned']
    ])
    expect([run.headOf(), await run.ended()]).toEqual([head, done])
  })

  test('of another adapter begins anew, and what the former one left is gone', async () => {
    await run.evaluations.start(run.place, { limit: 2 })
    await run.ended()
    run.mark = 'trained on'
    expect(await run.evaluations.get(run.place)).toMatchObject({ state: 'none', total: 0, pairs: [] })
    await run.evaluations.start(run.place, { limit: 1 })
    await run.ended()
    expect(readdirSync(join(run.dir, 'evaluations'))).toHaveLength(1)
    expect(run.headOf()).toMatchObject({ adapter: 'trained on', asked: 1 })
  })

  test('goes on in the middle of a pair: what the base has answered is not asked again', async () => {
    let answers = 0
    run.before = () => {
      if (++answers === 2) run.evaluations.cancel('run')
    }
    await run.evaluations.start(run.place, { limit: 2 })
    expect(await run.ended()).toMatchObject({ done: 0, cancelled: true })
    run.before = () => undefined
    run.host.asked.length = 0
    await run.evaluations.start(run.place, { limit: 2 })
    expect(await run.ended()).toMatchObject({ state: 'done', done: 2 })
    const asked = run.host.callsOf('beginConversation').map((args) => (args as ConversationOptions).adapter)
    expect(asked).toEqual([0, null, 0])
  })

  test('writes each answer once: what is kept grows by the line, whatever was kept before', async () => {
    const sizes: number[] = []
    run.before = () => sizes.push(statSync(run.itemsFile(), { throwIfNoEntry: false })?.size ?? 0)
    await run.evaluations.start(run.place, { limit: 6 })
    await run.ended()
    const text = readFileSync(run.itemsFile(), 'utf8')
    // a text, two scores and two answers of each of six items
    // and what the sheet is about, when it began and when more was wanted
    expect(text.split('\n')).toHaveLength(6 * 5 + 2 + 1)
    expect(sizes).toEqual([...sizes].sort((a, b) => a - b))
  })

  test('after a torn line asks what the line had said, and nothing else', async () => {
    await run.evaluations.start(run.place, { limit: 3 })
    const whole = await run.ended()
    const text = readFileSync(run.itemsFile(), 'utf8')
    writeFileSync(run.itemsFile(), text.slice(0, -10))
    run.evaluations = run.made()
    expect(await run.evaluations.get(run.place)).toMatchObject({ state: 'none', done: 2, total: 3 })
    run.host.asked.length = 0
    await run.evaluations.start(run.place, { limit: 3 })
    expect(await run.ended()).toEqual(whole)
    expect(run.host.callsOf('beginConversation')).toHaveLength(1)
    appendFileSync(run.itemsFile(), 'nonsense\n')
    expect(await run.made().get(run.place)).toEqual(whole)
  })

  test('of several turns asks for the last answer, and shows the question that it is to', async () => {
    const talk: Message[] = [
      { role: 'user', content: '送料は' },
      { role: 'assistant', content: '550円です。' },
      { role: 'user', content: '返品は' },
      { role: 'assistant', content: '七日以内に。' }
    ]
    writeFileSync(join(run.dir, 'data/held-out.jsonl'), JSON.stringify({ messages: talk }))
    await run.evaluations.start(run.place, { limit: 1 })
    const [pair] = (await run.ended()).pairs
    expect(pair).toMatchObject({ before: talk.slice(0, 2), question: '返品は', reference: '七日以内に。' })
    const [asked] = run.host.callsOf('beginConversation') as ConversationOptions[]
    const prompt = await run.tokenizer.decode(asked?.prompt ?? new Int32Array())
    for (const { content } of talk.slice(0, 3)) expect(prompt).toContain(content)
    expect(prompt).not.toContain('七日以内に。')
  })

  test('takes over what an earlier version had kept in one file', async () => {
    const pairs = ['送料は', '返品は'].map((question, index) => ({
      ...{ index, question, reference: '', base: `もと${index}`, tuned: `あと${index}`, sample: null }
    }))
    const losses = { base: null, tuned: null }
    const old = { version: 2, adapter: run.markBefore, total: 3, language: 'ja', losses, pairs }
    writeFileSync(join(run.dir, 'comparison.json'), JSON.stringify(old))
    expect(await run.evaluations.get(run.place)).toMatchObject({ state: 'none', done: 2, total: 3 })
    expect(readdirSync(run.dir)).not.toContain('comparison.json')
    await run.evaluations.start(run.place, { limit: 3 })
    const done = await run.ended()
    expect(done.pairs.map(({ base }) => base)).toEqual(['もと0', 'もと1', '前:在庫は'])
    expect(run.host.callsOf('beginConversation')).toHaveLength(2)
  })

  test('goes on with the answers that an earlier version had kept under the time of the file', async () => {
    const now = run.mark
    run.mark = run.markBefore
    await run.evaluations.start(run.place, { limit: 3 })
    await run.ended()
    const votes = await run.evaluations.votes(run.place)
    const ballot = await votes.ballot('A', 10)
    await votes.vote(ballot.id, ballot.item?.index ?? -1, same)
    run.mark = now
    expect(await run.evaluations.get(run.place)).toMatchObject({ done: 3, total: 3 })
    expect(readdirSync(join(run.dir, 'evaluations'))).toHaveLength(1)
    expect((await (await run.evaluations.votes(run.place)).ballot('A', 10)).done).toBe(1)
  })

  test('is read once, however often it is asked for, and anew when another has written to it', async () => {
    await run.evaluations.start(run.place, { limit: 3 })
    await run.ended()
    const held = await run.evaluations.held(run.place)
    const votes = await run.evaluations.votes(run.place)
    await votes.vote((await votes.ballot('A', 10)).id, (await votes.ballot('A', 10)).item?.index ?? -1, same)
    expect((await run.evaluations.held(run.place))?.opened).toBe(held?.opened)
    const text = readFileSync(run.itemsFile(), 'utf8')
    writeFileSync(run.itemsFile(), text.slice(0, text.trimEnd().lastIndexOf('\n') + 1))
    expect((await run.evaluations.held(run.place))?.opened).not.toBe(held?.opened)
    expect(await run.evaluations.get(run.place)).toMatchObject({ state: 'none', done: 2 })
  })

  test('is not begun twice, and needs questions', async () => {
    const [first, second] = await Promise.all([
      run.evaluations.start(run.place, { limit: 4 }),
      run.evaluations.start(run.place, { limit: 4 })
    ])
    // the later one may already see an answer
    expect([first.state, second.state]).toEqual(['running', 'running'])
    await run.ended()
    expect(run.host.callsOf('beginConversation')).toHaveLength(8)
    writeFileSync(join(run.dir, 'data/held-out.jsonl'), '')
    await expect(run.evaluations.start(run.place, { limit: 4 })).rejects.toMatchObject({
      code: 'NO_HELD_OUT'
    })
    // a run whose folder does not say what it kept out
    run.dir = temporaryFolder()
    await expect(run.evaluations.start(run.place, { limit: 4 })).rejects.toMatchObject({
      code: 'HELD_OUT_NOT_KEPT'
    })
  })
})

describe('of what is held out, what was learnt too', () => {
  const example = (question: string, answer: string) => ({
    kind: 'conversation' as const,
    messages: [
      { role: 'user' as const, content: question },
      { role: 'assistant' as const, content: answer }
    ],
    source: { file: 'x', row: 1 }
  })
  const asked = [
    example('送料は？', '550円です。'),
    example('返品は?', '7日以内に、書面でお知らせください。'),
    example('営業時間を教えてください。', '10時から18時までです。')
  ]
  const learnt = [
    example('送料は？', '550円です。'),
    // another answer to the same question was seen all the same
    example('返品は？', 'はい、承ります。'),
    example('駐車場の場所を教えてください。', '建物の裏手に、5台分あります。')
  ]

  test('is counted word for word and nearly; one that is new is not', async () => {
    expect(await seenAmong(asked, learnt)).toEqual({ of: 3, exact: 1, near: 1 })
    expect(await seenAmong(asked.slice(2), learnt)).toEqual({ of: 1, exact: 0, near: 0 })
  })

  test('an answer that was learnt word for word as the answer to another question is told of', async () => {
    const faq = '就業規則の第3章に、休暇の取り方を詳しく書いています。'
    const others = ['有給休暇の取り方は？', '慶弔休暇を取りたいのですが。'].map((one) => example(one, faq))
    const [own] = [example('看護のために休むには、何を出せばよいですか。', faq)]
    expect(await seenAmong([own], [...others, ...learnt])).toEqual({ of: 1, exact: 0, near: 0, answers: 1 })
    // the same pair is another thing, and said already
    expect(await seenAmong([own], [own])).toEqual({ of: 1, exact: 1, near: 0 })
    for (const language of ['ja', 'en'] as const) {
      const { answers, some } = evaluationWords[language].seen
      expect(seenNote({ of: 5, exact: 0, near: 0, answers: 5 }, language)).toBe(answers('5', '5'))
      expect(seenNote({ of: 20, exact: 0, near: 1, answers: 2 }, language)).toBe(some('1', '20', true))
    }
  })

  test('is known of a run by what its folder keeps, and stands in its result', async () => {
    const lines = (rows: readonly ReturnType<typeof example>[]): string =>
      rows.map(({ messages }) => `${JSON.stringify({ messages })}\n`).join('')
    writeFileSync(join(run.dir, 'data/train.jsonl'), lines([example('在庫は', '在庫は、こちらです。')]))
    const inRuns = new SeenInRuns()
    expect(await inRuns.in(run.dir)).toEqual({ of: 6, exact: 1, near: 0 })
    expect(await inRuns.in(temporaryFolder())).toBeNull()
    await run.evaluations.start(run.place, { limit: 2 })
    await run.ended()
    expect(await run.evaluations.result(run.place, [])).toMatchObject({ seen: { of: 6, exact: 1, near: 0 } })
  })
})
