// What each call may be given: sound arguments pass unchanged, every spoilt one is named and refused.
import { describe, expect, test } from 'vitest'
import { callNames, type CallName, type Calls } from '../../main/contract/channels'
import { textForms } from '../../main/contract/setting-texts'
import type { NeiroError } from '../../main/contract/errors'
import { defaultSettings, settingRows, type SettingKey } from '../../main/contract/settings'
import { checkArguments } from '../../main/ipc/arguments'

const ofProject = { project: 'p' }
const ofRun = { run: 'r' }
const onlyId = { id: 'a-1' }
/** One sound argument a call; complete by type. */
const sound: { [C in CallName]: Calls[C]['args'] } = {
  'app.info': {},
  'app.sampleAnswers': { language: 'ja' },
  'app.setSettings': { theme: 'dark' },
  'app.seenIn': { language: 'ja' },
  'app.log': {},
  'updates.get': {},
  'updates.look': {},
  'updates.fetch': {},
  'updates.cancel': {},
  'updates.install': {},
  'files.choose': { kind: 'data-files' },
  'files.browse': { id: null, kind: 'model-folder' },
  'files.makeFolder': { id: 'a', name: '新しい' },
  'files.show': onlyId,
  'files.takeHanded': {},
  'storage.get': {},
  'storage.move': { fileId: 'f' },
  'storage.cancel': {},
  'storage.emptyOld': {},
  'storage.useStandard': {},
  'projects.list': {},
  'projects.create': { name: '敬語の返信', company: '', sample: false },
  'projects.open': { fileId: 'f' },
  'projects.get': onlyId,
  'projects.update': { id: 'p', step: 'data' },
  'projects.remove': onlyId,
  'projects.restore': { undo: 'u' },
  'projects.bin': {},
  'projects.lost': {},
  'projects.forget': { id: 'a' },
  'projects.relocate': { id: 'a', fileId: 'f' },
  'data.add': { ...ofProject, fileIds: ['f'] },
  'data.cancel': ofProject,
  'data.get': ofProject,
  'data.removeFile': { ...ofProject, file: 'f' },
  'data.setOverrides': { ...ofProject, file: 'f', overrides: { mapping: { 質問: 'question' } } },
  'data.setNormalisation': { ...ofProject, kind: 'nfkc', applied: true },
  'data.editExample': { ...ofProject, index: 0, answer: 'はい。' },
  'data.putRight': {
    ...ofProject,
    file: 's1',
    sheet: null,
    row: 3,
    question: '送料は？',
    answer: '五百円です。'
  },
  'data.emptyCopies': ofProject,
  'data.undo': { ...ofProject, entry: 3 },
  'data.redo': { ...ofProject, entry: 4 },
  'data.rows': { ...ofProject, offset: 0, limit: 50, search: '' },
  'data.changeRows': {
    ...{ ...ofProject, search: '' },
    change: { how: 'replace', from: '顧客', to: 'お客様' }
  },
  'data.source': { ...ofProject, file: 's1', offset: 0, limit: 50 },
  'data.refused': { ...ofProject, offset: 0, limit: 50 },
  'data.refusedFile': ofProject,
  'data.preview': { ...ofProject, file: null, index: 3 },
  'checkUp.get': { ...ofProject, keep: 'first' },
  'checkUp.cancel': ofProject,
  'checkUp.repair': { ...ofProject, finding: 'duplicates', keep: 'first' },
  'checkUp.setChoices': {
    ...ofProject,
    choices: { allowed: [], allowedKinds: [], own: [], forbidden: [], terms: [] }
  },
  'checkUp.personal': { ...ofProject, offset: 0, limit: 50 },
  'checkUp.personalFile': ofProject,
  'data.histogram': { ...ofProject, maxSeqLength: 512 },
  'models.list': {},
  'models.add': { fileId: 'f' },
  'models.remove': onlyId,
  'models.restore': onlyId,
  'models.plan': { id: 'm', project: 'p' },
  'models.catalogue': {},
  'models.suggest': ofProject,
  'models.planEntry': { id: 'owner/name', project: 'p' },
  'models.look': { address: 'owner/name' },
  'models.fetch': { address: 'owner/name', agreed: 'mit' },
  'models.pauseFetch': { id: 'owner/name' },
  'models.resumeFetch': { id: 'owner/name' },
  'models.cancelFetch': { id: 'owner/name' },
  'models.fetches': {},
  'models.found': {},
  'models.addFound': onlyId,
  'models.deleteFiles': onlyId,
  'models.hub': {},
  'models.setHub': { address: '', proxy: 'http://proxy:8080', certificates: '' },
  'models.setToken': { token: 'hf_x' },
  'models.moveStore': { fileId: null, shared: true },
  'models.emptyStore': {},
  'train.presets': ofProject,
  'train.questions': { ...ofProject, heldOutRatio: 0.1 },
  'train.plan': { ...ofProject, settings: defaultSettings, part: 1 },
  'train.program': { fileId: 'f' },
  'train.agreeProgram': { fileId: 'f' },
  'train.judges': { run: 'r' },
  'runs.startRun': { ...ofProject, preset: 'quick', settings: defaultSettings, part: 0.2, questions: [] },
  'elsewhere.allowed': {},
  'elsewhere.look': {
    training: { ...ofProject, preset: 'quick', settings: defaultSettings, part: 1, questions: [] },
    to: { kind: 'folder', fileId: 'f' },
    modelThere: null
  },
  'elsewhere.agree': { run: 'r', unmasked: false },
  'elsewhere.refuse': ofRun,
  'elsewhere.keys': {},
  'elsewhere.key': { kind: 'openai', where: '' },
  'elsewhere.setKey': { kind: 'azure', where: 'https://x.openai.azure.com', key: 'k' },
  'elsewhere.takeBack': { fileId: 'f' },
  'runs.list': {},
  'runs.get': onlyId,
  'runs.curves': { id: 'r', points: 300 },
  'runs.answers': onlyId,
  'runs.pauseRun': onlyId,
  'runs.resumeRun': onlyId,
  'runs.stopRun': onlyId,
  'runs.rename': { id: 'r', name: '二回目' },
  'runs.remove': onlyId,
  'runs.restore': { undo: 'u' },
  'runs.bin': {},
  'runs.scores': { ids: ['r', 's'] },
  'runs.differences': { ids: ['a', 'b'] },
  'evaluation.start': { run: 'r', limit: 20 },
  'asking.ofEvaluation': { run: 'r', limit: 20 },
  'asking.ofChat': { run: 'r', text: '送料は？' },
  'asking.endChat': ofRun,
  'asking.deploy': { run: 'r', deployment: 'office' },
  'evaluation.pairs': { run: 'r', from: 50 },
  'evaluation.result': { run: 'r' },
  'evaluation.forbid': { run: 'r', words: ['了解'] },
  'sweep.get': ofProject,
  'sweep.start': {
    ...{ project: 'p', settings: defaultSettings, steps: 40, part: 0.5 },
    tried: [
      { key: 'loraRank', values: [8, 16] },
      { key: 'learningRate', values: [1e-4] }
    ]
  },
  'sweep.resume': ofProject,
  'sweep.cancel': ofProject,
  'evaluation.get': ofRun,
  'evaluation.seen': ofRun,
  'evaluation.memory': ofRun,
  'evaluation.cancel': ofRun,
  'augment.preview': {
    project: 'p',
    choices: { kinds: ['synonyms'], share: 0.25, words: [['会員証', '会員カード']] }
  },
  'augment.apply': { project: 'p', choices: { kinds: ['paraphrase'], share: 1, words: [] } },
  'augment.cancel': { project: 'p' },
  'leak.get': ofRun,
  'leak.start': { run: 'r', planted: ['青い鳥'] },
  'leak.cancel': ofRun,
  'advice.get': ofProject,
  'advice.start': { project: 'p', documents: [] },
  'advice.cancel': ofProject,
  'evaluation.ballot': { run: 'r', voter: '佐藤', size: 24 },
  'evaluation.vote': {
    run: 'r',
    ballot: 'b',
    item: 3,
    choices: { terms: 'left', context: 'same', consistent: 'right', culture: 'right' }
  },
  'evaluation.takeBack': { run: 'r', ballot: 'b' },
  'evaluation.dropBallot': { run: 'r', ballot: 'b' },
  'sorting.labels': { project: 'p' },
  'sorting.report': { run: 'r', threshold: 0.5 },
  'sorting.rows': { run: 'r', threshold: 0.5, is: 0, said: null, wrong: true, offset: 0, limit: 20 },
  'sorting.try': { run: 'r', text: '届きません', threshold: 0.5 },
  'sorting.look': { fileId: 'f' },
  'sorting.file': { run: 'r', fileId: 'f', column: '本文', threshold: 0.5 },
  'sorting.stop': ofRun,
  'evaluation.tally': ofRun,
  'evaluation.ballotFile': { run: 'r', voter: '佐藤', size: 10 },
  'evaluation.learnVotes': { run: 'r' },
  'evaluation.takeVotes': { run: 'r', text: '{}' },
  'evaluation.report': { run: 'r', signature: null, form: 'pdf' },
  'chat.ask': {
    run: 'r',
    chat: 'c',
    messages: { base: [{ role: 'user', content: 'こんにちは' }], tuned: [] },
    settings: {
      systemPrompt: '',
      temperature: 0,
      topP: 1,
      topK: 0,
      repetitionPenalty: 1,
      maxNewTokens: 64,
      seed: 1
    }
  },
  'chat.cancel': { chat: 'c' },
  'exports.start': { run: 'r', kind: 'peft', target: null, dtype: 'F32' },
  'programs.find': {},
  'ollama.plan': { run: 'r', id: 'e' },
  'ollama.create': { run: 'r', id: 'e', name: 'neiro-support' },
  'ollama.cancel': onlyId,
  'lmStudio.put': { run: 'r', id: 'e' },
  'exports.list': ofRun,
  'exports.cancel': onlyId,
  'api.get': {},
  'api.start': { run: null },
  'api.stop': {},
  'api.renewKey': {}
}

function refusal(name: CallName, args: unknown): NeiroError {
  try {
    checkArguments(name, args)
  } catch (error) {
    return error as NeiroError
  }
  throw new Error(`${name} took ${JSON.stringify(args)}`)
}

describe.each(callNames)('%s', (name) => {
  test('takes what is sound, unchanged', () => {
    expect(checkArguments(name, sound[name])).toEqual(sound[name])
  })

  test('refuses a key more, and each required key less', () => {
    expect(refusal(name, { ...sound[name], extra: 1 })).toMatchObject({ code: 'BAD_ARGUMENTS' })
    for (const key of Object.keys(sound[name])) {
      const { [key]: _gone, ...rest } = sound[name] as Record<string, unknown>
      const optional = ['app.setSettings', 'projects.update'].includes(name)
        ? key !== 'id'
        : `${name}.${key}` === 'data.editExample.answer'
      if (!optional) expect(refusal(name, rest).details).toMatchObject({ call: name, place: key })
    }
  })

  test('refuses every value of another kind, and names its place', () => {
    for (const key of Object.keys(sound[name]))
      for (const wrong of [undefined, Symbol('x'), () => 1, [[]], { a: { b: 1 } }, NaN]) {
        const args = { ...sound[name], [key]: wrong }
        if (wrong === undefined && ['theme', 'step', 'answer'].includes(key)) continue
        expect(refusal(name, args).details['place']?.split('.')[0]).toBe(key)
      }
  })
})

describe('ids', () => {
  test.each(['..', '.', '../p', 'a/b', 'a\\b', '', '.hidden', 'C:', 'a\n', 'a\u0000', 'x'.repeat(121)])(
    '%j is none',
    (id) => expect(refusal('projects.get', { id }).details['place']).toBe('id')
  )
  test.each(['p', 'a.b-c_9', '0b9e9d4e-8f0a-4d3e-9a53-0f6a3c9a7c11'])('%j is one', (id) =>
    expect(checkArguments('projects.get', { id })).toEqual({ id })
  )
})

describe('settings', () => {
  const withSetting = (key: SettingKey, value: unknown): unknown => ({
    project: 'p',
    part: 1,
    settings: { ...defaultSettings, [key]: value }
  })

  /** values at the edges of a row, and values just beyond */
  function edges(row: (typeof settingRows)[SettingKey]): { right: unknown[]; wrong: unknown[] } {
    switch (row.kind) {
      case 'integer':
      case 'number':
        return {
          right: [row.min, row.max],
          wrong: [row.min - 1, row.max + 1, Infinity, NaN, String(row.min)]
        }
      case 'switch':
        return { right: [true, false], wrong: [0, 'true'] }
      case 'choice':
        return { right: [...row.choices], wrong: ['constructor', 0] }
      case 'text':
        return { right: ['', textForms[row.form].example], wrong: [0, 'a'.repeat(3000)] }
      case 'list': {
        const [first] = row.choices
        return { right: [[...row.choices], [first]], wrong: [[], ['constructor'], [first, first]] }
      }
    }
  }

  test.each(Object.keys(settingRows) as SettingKey[])('%s takes its edges and nothing beyond', (key) => {
    const { right, wrong } = edges(settingRows[key])
    for (const value of right)
      expect(() => checkArguments('train.plan', withSetting(key, value) as never)).not.toThrow()
    for (const value of wrong)
      expect(refusal('train.plan', withSetting(key, value)).details['place']).toContain(`settings.${key}`)
  })

  test('a part of nothing, or of more than all, is none', () => {
    for (const part of [0, -1, 1.01])
      expect(refusal('train.plan', { project: 'p', settings: defaultSettings, part }).details['place']).toBe(
        'part'
      )
  })
})

test('a refusal is one short line, whatever was sent', () => {
  const { message, details } = refusal('app.info', { [`a\nb${'x'.repeat(10_000)}`]: 1 })
  expect(message).not.toContain('\n')
  expect(message.length).toBeLessThan(400)
  expect(details['place']?.length).toBeLessThanOrEqual(100)
  const mapping = { ['長'.repeat(150)]: 1 }
  const long = refusal('data.setOverrides', { project: 'p', file: 'f', overrides: { mapping } })
  expect(long.details['place']?.length).toBeLessThanOrEqual(100)
})

test('a mapping of odd names stays a plain mapping', () => {
  const overrides = JSON.parse('{"mapping":{"__proto__":"x","constructor":"question"}}') as object
  const args = checkArguments('data.setOverrides', { project: 'p', file: 'f', overrides } as never)
  expect(({} as Record<string, unknown>)['x']).toBeUndefined()
  expect(Object.getPrototypeOf(args.overrides.mapping)).toSatisfy(
    (above: unknown) => above === Object.prototype || above === null
  )
})
