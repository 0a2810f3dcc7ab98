// The user's word on what a model at a service is asked: only what was shown, each word once, and kept before anything leaves.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Askings } from '../../../main/services/runners/cloud/askings'
import { noteDeployment } from '../../../main/services/runners/elsewhere-file'
import { CloudBench, codeOf } from './cloud-bench'

let bench: CloudBench
let askings: Askings
beforeEach(async () => {
  bench = new CloudBench()
  await bench.start()
  askings = new Askings(bench.elsewhere, () => 'en')
})
afterEach(() => bench.service.stop())

const how = { maxNewTokens: 7, signal: new AbortController().signal }
const texts = ['送料は？']

/** Trained there to its end. */
async function kept(at = bench.service.openai) {
  await bench.agreed(at)
  bench.then(bench.running, bench.done)
  await bench.train()
  const there = await bench.elsewhere.resultOf(bench.place)
  if (!there) throw new Error('nothing is there')
  return { there, runDir: bench.place.dir }
}

test('what was shown is asked after a word, which counts once and is kept', async () => {
  const of = await kept()
  const { id, said, personal } = await askings.show(of, { texts, hasSystemPrompt: false })
  expect([said.join(' '), personal]).toEqual([expect.stringContaining('the text of 1 questions'), 0])
  const asked = (): number => bench.service.questions.length
  expect(await codeOf(askings.agree(undefined, of, texts))).toBe('CONSENT_NEEDED')
  const agreed = { ids: [id], unmasked: false }
  expect(await codeOf(askings.agree(agreed, of, ['返品は？']))).toBe('ASKED_OTHERWISE')
  expect(asked()).toBe(0)
  const ask = await askings.agree(agreed, of, texts)
  const file = JSON.parse(readFileSync(join(of.runDir, 'asked.json'), 'utf8')) as { departures: unknown[] }
  expect(file.departures).toMatchObject([{ said, examples: { heldOut: 1 }, place: { kind: 'openai' } }])
  expect(readFileSync(join(of.runDir, 'AUDIT.md'), 'utf8')).toContain('the text of 1 questions')
  expect((await ask([{ role: 'user', content: '送料は？' }], how)).text).toContain('送料は？')
  expect(await codeOf(askings.agree(agreed, of, texts))).toBe('ASKED_OTHERWISE')
  expect(asked()).toBe(1)
})

test('personal data leaves by a word of its own', async () => {
  const of = await kept()
  const personal = ['090-1234-5678 に電話を']
  const view = await askings.show(of, { texts: personal, isTalk: true, hasSystemPrompt: true })
  expect([view.personal, view.said.join(' ')]).toEqual([1, expect.stringContaining('1 of the texts')])
  const ids = [view.id]
  expect(await codeOf(askings.agree({ ids, unmasked: false }, of, personal))).toBe('UNMASKED_NOT_SAID')
  await askings.agree({ ids, unmasked: true }, of, personal)
  await bench.elsewhere.mayLeave(of.there.place, personal[0] ?? '', true)
  expect(await codeOf(bench.elsewhere.mayLeave(of.there.place, personal[0] ?? '', false))).toBe(
    'UNMASKED_NOT_SAID'
  )
})

test('nobody reads what could not be sent: without a key, a deployment or the leave of the office', async () => {
  const of = await kept(bench.service.azure)
  const show = (): Promise<string> => codeOf(askings.show(of, { texts, hasSystemPrompt: false }))
  expect(await show()).toBe('CLOUD_DEPLOYMENT_NEEDED')
  await noteDeployment(of.runDir, ' office ')
  const there = await bench.elsewhere.resultOf(bench.place)
  expect(there).toMatchObject({ deployment: 'office' })
  const deployed = { ...of, there: there ?? of.there }
  expect((await askings.show(deployed, { texts, hasSystemPrompt: false })).model).toBe('office')
  expect(await bench.elsewhere.keeperOf({ place: bench.service.azure, model: 'office' })).toMatchObject({
    dir: of.runDir
  })
  expect(await codeOf(bench.elsewhere.keeperOf({ place: 'openai', model: 'office' }))).toBe('NO_MODEL_THERE')
  await bench.keys.set(of.there.place, '')
  expect(await codeOf(askings.show(deployed, { texts, hasSystemPrompt: false }))).toBe('CLOUD_KEY_NEEDED')
  const forbidding = new Askings(bench.elsewhereWith({ trainElsewhere: false }), () => 'en')
  expect(await codeOf(forbidding.show(deployed, { texts, hasSystemPrompt: false }))).toBe(
    'ELSEWHERE_FORBIDDEN'
  )
})
