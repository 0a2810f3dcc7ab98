// A model that a service keeps, asked: what leaves is said and counted, a busy service is waited for, a refusal is told.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { askingOf, nameThere } from '../../../main/services/runners/cloud/cloud-answers'
import { readPlace } from '../../../main/services/runners/places'
import { CloudBench, codeOf, model } from './cloud-bench'

let bench: CloudBench
beforeEach(async () => {
  bench = new CloudBench()
  await bench.start()
})
afterEach(() => bench.service.stop())

const question = [{ role: 'user', content: '送料は？', weight: 0 }] as const
const asking = (texts: readonly string[], where = bench.service.openai, isTalk = false) =>
  askingOf({ place: readPlace(where), model: 'ft:x' }, { texts, isTalk, hasSystemPrompt: true }, 'en')

async function asked(apiVersion: string | null, where: string): Promise<string> {
  const place = readPlace(where)
  const there = { place, model: 'ft:x', terms: { model, apiVersion, price: null } }
  const ask = await bench.elsewhere.askerOf(there, 'ft:x', asking(['送料は？'], where))
  const how = { maxNewTokens: 7, signal: new AbortController().signal }
  return (await ask(question, how)).text
}

test('what would leave is said, with what of it looks personal', () => {
  const leaving = asking(['送料は？', '090-1234-5678 にかけ直して'])
  expect(leaving).toMatchObject({ personal: 1, examples: { train: 0, heldOut: 2 } })
  expect(leaving.said.join('\n')).toContain('the text of 2 questions')
  expect(leaving.said.join('\n')).toContain('ft:x')
  const talk = asking(['090-1234-5678 にかけ直して'], bench.service.openai, true)
  expect(talk).toMatchObject({ personal: 1, examples: { heldOut: 0 } })
  expect(talk.said.join('\n')).toContain('what you write from now on')
  expect(bench.service.connections).toBe(0)
})

test('is asked in the words of its API: no more than was asked for, and the likeliest answer', async () => {
  expect(await asked(null, bench.service.openai)).toBe('ft:x: 送料は？')
  expect(bench.service.questions[0]).toMatchObject({
    messages: [{ role: 'user', content: '送料は？' }],
    body: { max_completion_tokens: 7, temperature: 0 }
  })
  // how it was learnt from is nobody's business there
  expect(JSON.stringify(bench.service.questions)).not.toContain('weight')
  expect(await asked('2024-10-21', bench.service.azure)).toBe('ft:x: 送料は？')
  expect(bench.service.questions[1]?.body).toMatchObject({ max_tokens: 7 })
})

test('a busy service is waited for as long as it says; one that refuses is told', async () => {
  const busy = { at: /^POST \/chat/, status: 429, headers: { 'retry-after': '1' } }
  bench.service.troubles.push({ ...busy, times: 1, error: { message: 'slow down' } })
  const began = Date.now()
  expect(await asked(null, bench.service.openai)).toContain('送料は？')
  expect(Date.now() - began).toBeGreaterThanOrEqual(1000)
  bench.service.troubles.push({
    ...{ at: /^POST \/chat/, times: 1, status: 400 },
    error: { message: 'filtered', code: 'content_filter' }
  })
  expect(await codeOf(asked(null, bench.service.openai))).toBe('QUESTION_REFUSED')
})

test('an office may forbid it, and Azure needs the name of a deployment', async () => {
  bench.elsewhere = bench.elsewhereWith({ trainElsewhere: false })
  expect(await codeOf(asked(null, bench.service.openai))).toBe('ELSEWHERE_FORBIDDEN')
  const azure = { place: readPlace(bench.service.azure), model: 'm' }
  expect(() => nameThere(azure)).toThrow('CLOUD_DEPLOYMENT_NEEDED')
  expect(nameThere({ ...azure, deployment: 'office' })).toBe('office')
  expect(nameThere({ ...azure, place: readPlace('openai') })).toBe('m')
  expect(bench.service.connections).toBe(0)
})
