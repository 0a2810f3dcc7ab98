// Before a training: the recommended preset, an expert's changes, and what is sent when it starts.
import { beforeEach, expect, test } from 'vitest'
import { fakeBridge, later, type FakeBridge } from '../fake-bridge'
import { aPlan, aPreset, aRun, theSettings } from '../views'
import { NeiroError } from '../../../main/contract/errors'
import type { Preset } from '../../../main/contract/window/training'
import type { training as Training } from '../../../renderer/state/training.svelte'
import type { runs as Runs } from '../../../renderer/state/runs.svelte'

const quick = aPreset({ key: 'quick', part: 0.2, plan: aPlan({ steps: 5 }) })
const balanced = aPreset({ key: 'balanced', recommended: true })
let bridge: FakeBridge
let training: typeof Training
let runs: typeof Runs

beforeEach(async () => {
  bridge = fakeBridge({
    'train.presets': () => [quick, balanced],
    'train.plan': () => aPlan({ steps: 3 }),
    'runs.startRun': (args) => aRun({ state: 'running', preset: args.preset })
  })
  ;({ training } = await import('../../../renderer/state/training.svelte'))
  ;({ runs } = await import('../../../renderer/state/runs.svelte'))
})
const sent = (name: string): unknown => bridge.asked.findLast((asked) => asked.name === name)?.args

test('the recommended preset is chosen when the room opens', async () => {
  await training.open('project')
  expect(training.chosen).toBe('balanced')
  expect(training.plan).toEqual(balanced.plan)
})

test('a started quick try learns its part of the examples, also after an expert has changed a setting', async () => {
  await training.open('project')
  training.choose('quick')
  await training.set({ loraRank: 4 })
  expect(training.chosen).toBe('custom')
  expect(sent('train.plan')).toMatchObject({ part: 0.2, settings: { loraRank: 4 } })
  expect(training.plan?.steps).toBe(3)
  await training.set({ loraAlpha: 8 })
  await training.startRun()
  expect(sent('runs.startRun')).toMatchObject({
    preset: 'custom',
    part: 0.2,
    settings: { ...theSettings, loraRank: 4, loraAlpha: 8 }
  })
})

test('questions are sent without empty lines, five at most; the new run is known at once', async () => {
  await training.open('project')
  training.questions = ' 一つ目 \n\n二つ目\n3\n4\n5\n6'
  const run = await training.startRun()
  expect(sent('runs.startRun')).toMatchObject({ questions: ['一つ目', '二つ目', '3', '4', '5'] })
  expect(runs.byId(run?.id ?? null)).toEqual(run)
})

test('the plan of an older change never replaces that of a newer one', async () => {
  await training.open('project')
  const slow = later<ReturnType<typeof aPlan>>()
  bridge.answers['train.plan'] = () => slow.promise
  const first = training.set({ loraRank: 4 })
  bridge.answers['train.plan'] = () => aPlan({ steps: 222 })
  await training.set({ loraRank: 8 })
  slow.resolve(aPlan({ steps: 111 }))
  await first
  expect(training.plan?.steps).toBe(222)
})

test('presets of a project that was left meanwhile are not shown', async () => {
  const slow = later<Preset[]>()
  bridge.answers['train.presets'] = ({ project }) => (project === 'slow' ? slow.promise : [quick])
  const first = training.open('slow')
  await training.open('fast')
  slow.resolve([balanced])
  await first
  expect(training.presets).toEqual([quick])
})

test('each project has its own questions; those that are offered follow the language', async () => {
  await training.open('sample')
  training.offer('sample', '送料は？')
  expect(training.questions).toBe('送料は？')
  training.offer('sample', 'Shipping?')
  expect(training.questions).toBe('Shipping?')
  training.questions = ''
  training.offer('sample', 'Shipping?')
  expect(training.questions).toBe('')
  await training.open('own')
  training.offer('own', '')
  expect(training.questions).toBe('')
  training.questions = '返品は？'
  await training.open('sample')
  expect(training.questions).toBe('')
  await training.open('own')
  expect(training.questions).toBe('返品は？')
})

test('an expert’s settings are there again after something else was looked at, until a preset is chosen', async () => {
  await training.open('project')
  training.choose('quick')
  await training.set({ loraRank: 4 })
  await training.open('other')
  expect(training.chosen).toBe('balanced')
  await training.open('project')
  expect(training.chosen).toBe('custom')
  expect(training.settings).toMatchObject({ loraRank: 4 })
  expect(sent('train.plan')).toMatchObject({ project: 'project', part: 0.2 })
  training.choose('quick')
  await training.open('project')
  expect(training.chosen).toBe('balanced')
})

test('what was set by hand is a choice beside the presets, with its time, and is never lost', async () => {
  await training.open('project')
  expect(training.ownSeconds).toBeNull()
  bridge.answers['train.plan'] = () => aPlan({ seconds: 77 })
  await training.set({ loraRank: 4 })
  expect(training.ownSeconds).toBe(77)
  training.choose('quick')
  expect([training.chosen, training.settings?.loraRank, training.ownSeconds]).toEqual([
    ...['quick', theSettings.loraRank, 77]
  ])
  await training.chooseOwn()
  expect([training.chosen, training.settings?.loraRank]).toEqual(['custom', 4])
  // where nothing was set yet, it begins with what is chosen
  await training.open('other')
  await training.chooseOwn()
  expect([training.chosen, training.settings]).toEqual(['custom', theSettings])
})

test('questions are offered from the held-out part that there will be', async () => {
  bridge.answers['train.questions'] = ({ heldOutRatio }) =>
    heldOutRatio === 0.2 ? ['二割？'] : ['送料は？', '返品は？']
  await training.open('project')
  await training.offerHeldOut('project', 0.1)
  expect(training.questions).toBe('送料は？\n返品は？')
  await training.offerHeldOut('project', 0.2)
  expect(training.questions).toBe('二割？')
  training.questions = '自分で書いた'
  await training.offerHeldOut('project', 0.1)
  expect(training.questions).toBe('自分で書いた')
})

test('an offer that comes late waits while somebody stands in the field, and never replaces what they wrote', async () => {
  const slow = later<string[]>()
  bridge.answers['train.questions'] = () => slow.promise
  await training.open('project')
  const offered = training.offerHeldOut('project', 0.1)
  training.startWriting()
  slow.resolve(['送料は？'])
  await offered
  // nothing is put where the next letter goes
  expect(training.questions).toBe('')
  training.questions = '返品は？'
  training.stopWriting()
  await training.startRun()
  expect(sent('runs.startRun')).toMatchObject({ questions: ['返品は？'] })
})

test('an offer that waited is there once the field is left as it was, or with its page', async () => {
  await training.open('project')
  training.startWriting()
  training.offer('project', '送料は？')
  training.offer('project', '返品は？')
  training.stopWriting()
  expect(training.questions).toBe('返品は？')
  training.startWriting()
  training.offer('project', '営業日は？')
  await training.open('project')
  expect(training.questions).toBe('営業日は？')
})

test('questions of a held-out part that was given up never replace those of the present one', async () => {
  const slow = later<string[]>()
  bridge.answers['train.questions'] = ({ heldOutRatio }) => (heldOutRatio === 0.1 ? slow.promise : ['二割？'])
  await training.open('project')
  const first = training.offerHeldOut('project', 0.1)
  await training.offerHeldOut('project', 0.2)
  slow.resolve(['一割？'])
  await first
  expect(training.questions).toBe('二割？')
})

test('presets that were asked for before the page was left and opened again take no choice back', async () => {
  const [before, now] = [later<Preset[]>(), later<Preset[]>()]
  bridge.answers['train.presets'] = () => before.promise
  const first = training.open('project')
  bridge.answers['train.presets'] = () => now.promise
  const second = training.open('project')
  now.resolve([quick, balanced])
  await second
  training.choose('quick')
  before.resolve([quick, balanced])
  await first
  expect(training.chosen).toBe('quick')
})

test('the settings of a run become those of the next one', async () => {
  const settings = { ...theSettings, loraRank: 32 }
  await training.adopt(aRun({ project: 'project', settings, questions: ['送料は？', '返品は？'] }), {
    maxSeqLength: 256
  })
  await training.open('project')
  expect(training.settings).toMatchObject({ loraRank: 32, maxSeqLength: 256 })
  // and what was watched is watched again
  await training.offerHeldOut('project', 0.1)
  expect(training.questions).toBe('送料は？\n返品は？')
  expect(training.chosen).toBe('custom')
})

test('weights of files are of the user’s own settings, planned and sent with them; a preset reads each once', async () => {
  await training.open('project')
  await training.weigh('faq.csv', 2)
  await training.weigh('mails.csv', 0.5)
  expect(training.chosen).toBe('custom')
  expect(sent('train.plan')).toMatchObject({ weights: { 'faq.csv': 2, 'mails.csv': 0.5 } })
  // once is nothing to be said
  await training.weigh('faq.csv', 1)
  await training.set({ loraRank: 4 })
  await training.startRun()
  expect(sent('runs.startRun')).toMatchObject({ weights: { 'mails.csv': 0.5 }, settings: { loraRank: 4 } })
  training.choose('quick')
  await training.startRun()
  expect(sent('runs.startRun')).not.toHaveProperty('weights')
  await training.chooseOwn()
  expect(training.weights).toEqual({ 'mails.csv': 0.5 })
  // the same again: as the run had them
  await training.adopt(aRun({ weights: { 'faq.csv': 3 } }))
  await training.open('project')
  expect(training.weights).toEqual({ 'faq.csv': 3 })
  training.setWrongWeight('faq.csv', 'many')
  expect(await training.startRun()).toBeNull()
  training.setWrongWeight('faq.csv', null)
  expect(await training.startRun()).not.toBeNull()
})

test('who gives marks is planned and sent with ways that learn from their own answers, and with no other', async () => {
  const program = { id: 'f', name: 'marks.py', size: 1, folder: false, shownPath: '/marks.py' }
  await training.open('project')
  await training.set({ method: 'grpo' })
  await training.judgeBy({ run: 'judge', program })
  expect(sent('train.plan')).toMatchObject({ rewardRun: 'judge' })
  await training.startRun()
  expect(sent('runs.startRun')).toMatchObject({ rewardRun: 'judge', rewardProgram: 'f' })
  await training.set({ method: 'sft' })
  expect(sent('train.plan')).not.toHaveProperty('rewardRun')
  await training.startRun()
  expect(sent('runs.startRun')).not.toHaveProperty('rewardProgram')
})

test('the same again keeps who gave marks; where one of them is gone, nothing is taken over', async () => {
  const program = { id: 'f', name: 'marks.py', size: 1, folder: false, shownPath: '/marks.py' }
  bridge.answers['train.judges'] = () => ({ run: 'judge', program })
  const run = aRun({ id: 'of-marks', settings: { ...theSettings, method: 'ppo' } })
  await training.adopt(run)
  expect(sent('train.judges')).toEqual({ run: 'of-marks' })
  await training.open('project')
  expect(sent('train.plan')).toMatchObject({ rewardRun: 'judge' })
  await training.startRun()
  expect(sent('runs.startRun')).toMatchObject({ rewardRun: 'judge', rewardProgram: 'f' })
  await training.adopt(aRun({}))
  await training.open('project')
  expect(training.judges).toEqual({})
  bridge.answers['train.judges'] = () => Promise.reject(new NeiroError('FILE_GONE', { file: 'marks.py' }))
  await expect(training.adopt(run)).rejects.toMatchObject({ code: 'FILE_GONE' })
  expect(training.settings?.method).toBe(theSettings.method)
})

test('what was set by hand for another goal is not there any more', async () => {
  await training.adopt(aRun({ settings: { ...theSettings, method: 'dpo' } }))
  await training.open('project')
  expect([training.chosen, training.settings?.method]).toEqual(['balanced', theSettings.method])
  await training.adopt(aRun({ settings: { ...theSettings, method: 'full' } }))
  await training.open('project')
  expect([training.chosen, training.settings?.method]).toEqual(['custom', 'full'])
})

test('while a field holds what cannot be used, nothing is started', async () => {
  await training.open('project')
  training.setValid('loraRank', false)
  training.setValid('epochs', false)
  training.setValid('epochs', true)
  expect(training.wrong).toBe(true)
  expect(await training.startRun()).toBeNull()
  expect(sent('runs.startRun')).toBeUndefined()
  training.choose('quick')
  expect(training.wrong).toBe(false)
  expect(await training.startRun()).not.toBeNull()
})

test('a remedy that shortens says how many examples lose their end', async () => {
  bridge.answers['train.plan'] = () => aPlan({ fit: 'too-large', remedy: { maxSeqLength: 256 } })
  bridge.answers['data.histogram'] = ({ maxSeqLength }) =>
    ({ cutExamples: maxSeqLength === 256 ? 12 : 0 }) as never
  await training.open('project')
  expect(training.cut).toBeNull()
  await training.set({ batchSize: 1 })
  expect(training.cut).toBe(12)
  bridge.answers['train.plan'] = () => aPlan()
  await training.makeItFit()
  expect(sent('train.plan')).toMatchObject({ settings: { maxSeqLength: 256 } })
  expect(training.cut).toBeNull()
})

test('a refused start says why and starts nothing', async () => {
  await training.open('project')
  delete bridge.answers['runs.startRun']
  expect(await training.startRun()).toBeNull()
  expect(training.failure).toMatchObject({ code: 'UNKNOWN_CALL' })
  expect(training.starting).toBe(false)
})
