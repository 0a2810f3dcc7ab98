// A run whose model a service keeps, and such a model beside others: nothing is asked without a word, what was answered is kept.
import { beforeEach, describe, expect, test } from 'vitest'
import { NeiroError } from '../../../main/contract/errors'
import type { Message } from '../../../main/contract/records'
import { ScriptedRun } from './scripted-run'

let run: ScriptedRun
beforeEach(async () => {
  run = await ScriptedRun.made()
})

describe('a model at a service', () => {
  const there = { place: 'openai', model: 'ft:x' }
  /** what leaves, each time that somebody agrees to it */
  const agreed: (readonly string[])[] = []
  const asked: string[] = []
  let answer: (question: string) => string
  const agree = async (_: unknown, texts: readonly string[]) => {
    agreed.push(texts)
    return async (messages: readonly Message[], o: { readonly onBusy?: (seconds: number) => void }) => {
      const question = messages.at(-1)?.content ?? ''
      asked.push(question)
      if (asked.length === 1) o.onBusy?.(7)
      return { text: answer(question), promptTokens: 3 }
    }
  }
  beforeEach(() => {
    run.service = there
    agreed.length = 0
    asked.length = 0
    answer = (question) => `上:${question}`
  })

  test('is the tuned one of a run that it was trained for: nothing is asked without a word', async () => {
    expect((await run.evaluations.toAsk(run.place, { limit: 2 })).map(({ texts }) => texts)).toEqual([
      ['送料は', '返品は']
    ])
    await expect(run.evaluations.start(run.place, { limit: 2 })).rejects.toMatchObject({
      code: 'CONSENT_NEEDED'
    })
    // nothing was begun, so nothing is shown as begun
    expect(await run.evaluations.get(run.place)).toMatchObject({ state: 'none', total: 0 })
    await run.evaluations.start(run.place, { limit: 2, agree })
    const done = await run.ended()
    expect(done.error).toBeNull()
    expect(done.pairs.map(({ base, tuned }) => [base, tuned])).toEqual([
      ['前:送料は', '上:送料は'],
      ['前:返品は', '上:返品は']
    ])
    expect([agreed, asked]).toEqual([[['送料は', '返品は']], ['送料は', '返品は']])
    expect(done).toMatchObject({ tunedLoss: null, baseLoss: 3 })
    expect(run.told.map(({ busy }) => busy)).toContainEqual({ place: 'openai', seconds: 7 })
    // all of it is there: nobody needs to be asked
    expect(await run.evaluations.toAsk(run.place, { limit: 2 })).toEqual([])
    await run.evaluations.start(run.place, { limit: 2 })
    await run.ended()
    expect(asked).toHaveLength(2)
    const result = await run.evaluations.result(run.place, [])
    expect(result?.candidates.map(({ candidate, answered }) => [candidate.id, answered])).toEqual([
      ['base', 2],
      ['tuned', 2]
    ])
  })

  test('that refuses one question answers the others, and one that breaks off keeps what came', async () => {
    answer = (question) => {
      if (question === '送料は')
        throw new NeiroError('QUESTION_REFUSED', { place: 'openai', reason: 'filter' })
      if (question === '在庫は') throw new NeiroError('CLOUD_KEY_REFUSED', { place: 'openai', reason: '401' })
      return `上:${question}`
    }
    await run.evaluations.start(run.place, { limit: 3, agree })
    const cut = await run.ended()
    expect(cut).toMatchObject({ state: 'none', error: { code: 'CLOUD_KEY_REFUSED' } })
    expect(cut.pairs.map(({ tuned, refused }) => [tuned, refused])).toEqual([
      ['', 'filter'],
      ['上:返品は', undefined]
    ])
    answer = (question) => `上:${question}`
    run.evaluations = run.made()
    await run.evaluations.start(run.place, { limit: 3, agree })
    expect((await run.ended()).answeredPairs).toBe(3)
    // a refusal is kept: it would only come again
    expect(agreed.at(-1)).toEqual(['在庫は'])
    const result = await run.evaluations.result(run.place, [])
    expect(result?.candidates.map(({ refused }) => refused)).toEqual([undefined, 1])
  })

  test('answers beside base and tuned of a run that was trained here, and is asked nothing else than agreed to', async () => {
    run.service = undefined
    const candidates = [{ kind: 'service', service: there } as const]
    const other = async () => async () => ({ text: '', promptTokens: 0 })
    await run.evaluations.start(run.place, { limit: 2, candidates, keep: [], agree })
    const done = await run.ended()
    expect(done.pairs.map(({ tuned, others }) => [tuned, others[0]?.text])).toEqual([
      ['後:送料は', '上:送料は'],
      ['後:返品は', '上:返品は']
    ])
    // what was agreed to before says nothing of what is asked now
    await run.evaluations.start(run.place, { limit: 3, agree: other })
    await run.ended()
    expect(asked).toHaveLength(2)
    await expect(run.evaluations.start(run.place, { limit: 6 })).rejects.toMatchObject({
      code: 'CONSENT_NEEDED'
    })
  })

  test('is not asked what it cannot be measured by', async () => {
    await expect(run.evaluations.start(run.place, { limit: 2, general: true, agree })).rejects.toMatchObject({
      code: 'NO_GENERAL_AT_SERVICE'
    })
    expect([agreed, asked]).toEqual([[], []])
  })
})
