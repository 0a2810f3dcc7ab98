// What each call may be given: one schema a call, checked by type against the contract. Both shells (Electron
// and serve) check here before anything else looks at the arguments. Strict: unknown keys are refused.
import { z } from 'zod'
import { candidateKinds, largestCount, mostCandidates } from '../contract/candidates'
import { cloudKinds } from '../contract/elsewhere'
import type { CallName, Calls } from '../contract/channels'
import { NeiroError } from '../contract/errors'
import { goalKeys } from '../contract/goals'
import { keepChoices } from '../contract/check-up'
import { findingKinds, personalKinds, type FindingKind } from '../contract/findings'
import { mostShare } from '../contract/augmentation'
import { syntheticKinds } from '../contract/synthetic'
import { dataShapes, textSplits, delimiters } from '../contract/records'
import { rowOrders } from '../contract/window/data'
import { steps } from '../contract/window/projects'
import { exportFormats, exportKindNames } from '../contract/window/results'
import { ballotSizes } from '../contract/votes'
import { choicesSchema } from '../services/evaluation/choices-schema'
import { settingsSchema } from '../services/recipes/setting-values'
import { id, name, newRun, part, plannedRun } from './new-run'
import { triedSchema } from '../services/runs/tried-schema'

/** owner/name */
const hubId = z.string().regex(/^\w[\w.-]{0,95}\/\w[\w.-]{0,95}$/u)
const address = z.string().max(500)
const text = z.string().max(200_000)
const language = z.enum(['ja', 'en'])
const count = (most: number): z.ZodNumber => z.number().int().min(0).max(most)
const none = z.strictObject({})
const onlyId = z.strictObject({ id })
const ofProject = z.strictObject({ project: id })
const ofRun = z.strictObject({ run: id })
const ofExport = z.strictObject({ run: id, id })

const kind = z.enum([
  'data-files',
  'data-folder',
  'model-folder',
  'model-file',
  'project-folder',
  'export-folder',
  'training-folder',
  'program'
])
const shape = z.enum(dataShapes)
const overNetwork = z.enum(['ray', 'ssh'])
const service = { kind: z.enum(cloudKinds), where: address }
const cloudTerms = z.strictObject({
  model: z.string().min(1).max(200),
  apiVersion: z.string().min(1).max(40).nullable(),
  price: z.number().min(0).max(1e9).nullable()
})
const finding = z.enum(findingKinds as readonly [FindingKind, ...FindingKind[]])
const among = {
  search: name,
  finding: z.strictObject({ kind: finding, keep: z.enum(keepChoices) }).exactOptional()
}
const message = z.strictObject({ role: z.enum(['system', 'user', 'assistant']), content: text })
const share = z.number().min(0).max(1)
const augmentChoices = z.strictObject({
  kinds: z.array(z.enum(syntheticKinds)).max(syntheticKinds.length),
  share: z.number().min(0).max(mostShare),
  words: z.array(z.array(z.string().min(1).max(100)).min(2).max(20)).max(200)
})

const answers = z.strictObject({
  useCase: z.enum(['reply', 'internal', 'other']).nullable(),
  tried: z.enum(['yes', 'no']).nullable(),
  newFacts: z.enum(['no', 'yes']).nullable(),
  volume: z.enum(['few', 'some', 'many']).nullable()
})

const chatSettings = z.strictObject({
  systemPrompt: text,
  temperature: z.number().min(0).max(5),
  topP: z.number().gt(0).max(1),
  topK: count(100_000),
  repetitionPenalty: z.number().gt(0).max(5),
  maxNewTokens: z.number().int().min(1).max(4096),
  seed: count(4_294_967_295)
})

const candidateSpec = z.strictObject({
  // a service is said by the run whose model it keeps
  kind: z.enum(candidateKinds),
  prompt: text.exactOptional(),
  count: z.number().int().min(1).max(largestCount).exactOptional(),
  documents: z.array(id).min(1).max(10_000).exactOptional(),
  run: id.exactOptional(),
  sampling: chatSettings.omit({ systemPrompt: true, maxNewTokens: true }).exactOptional()
})

const evaluationStart = z.strictObject({
  run: id,
  limit: z.number().int().min(1).max(1000),
  candidates: z.array(candidateSpec).max(mostCandidates).exactOptional(),
  keep: z.array(id).max(mostCandidates).exactOptional(),
  general: z.boolean().exactOptional()
})
const agreed = z.strictObject({ ids: z.array(id).min(1).max(mostCandidates), unmasked: z.boolean() })

const schemas: { readonly [C in CallName]: z.ZodType<Calls[C]['args']> } = {
  'app.info': none,
  'app.sampleAnswers': z.strictObject({ language }),
  'app.seenIn': z.strictObject({ language }),
  'app.setSettings': z.strictObject({
    language: z.enum(['system', 'ja', 'en']).optional(),
    theme: z.enum(['system', 'light', 'dark']).optional(),
    threads: count(1024).optional(),
    looksForUpdates: z.boolean().optional()
  }),
  ...{ 'updates.get': none, 'updates.look': none, 'updates.fetch': none },
  ...{ 'updates.cancel': none, 'updates.install': none },
  'app.log': none,
  'files.choose': z.strictObject({ kind }),
  'files.browse': z.strictObject({
    id: id.nullable(),
    kind,
    path: z.string().min(1).max(4096).optional(),
    hidden: z.boolean().optional()
  }),
  'files.makeFolder': z.strictObject({ id, name: name.min(1) }),
  'files.show': onlyId,
  'files.takeHanded': none,
  'storage.get': none,
  'storage.move': z.strictObject({ fileId: id }),
  'storage.cancel': none,
  'storage.emptyOld': none,
  'storage.useStandard': none,
  'projects.list': none,
  'projects.create': z.strictObject({ name, company: name, sample: z.boolean() }),
  'projects.open': z.strictObject({ fileId: id }),
  'projects.get': onlyId,
  'projects.update': z.strictObject({
    id,
    name: name.min(1).optional(),
    company: name.optional(),
    step: z.enum(steps).optional(),
    goal: z.enum(goalKeys).optional(),
    answers: answers.partial().optional(),
    systemPrompt: text.optional(),
    modelId: id.optional(),
    chosenRun: id.optional()
  }),
  'projects.remove': onlyId,
  'projects.restore': z.strictObject({ undo: id }),
  'projects.bin': none,
  'projects.lost': none,
  'projects.forget': onlyId,
  'projects.relocate': z.strictObject({ id, fileId: id }),
  'data.add': z.strictObject({ project: id, fileIds: z.array(id).min(1).max(10_000) }),
  'data.cancel': ofProject,
  'data.get': ofProject,
  'data.removeFile': z.strictObject({ project: id, file: id }),
  'data.setOverrides': z.strictObject({
    project: id,
    file: id,
    overrides: z.strictObject({
      encoding: name.nullable().optional(),
      delimiter: z.enum(delimiters).nullable().optional(),
      headerRows: z.record(name, count(10_000_000).nullable()).optional(),
      leftOutSheets: z.array(name).max(10_000).optional(),
      shape: shape.nullable().optional(),
      mapping: z.record(name, name).nullable().optional(),
      split: z.enum(textSplits).nullable().optional(),
      joined: z.record(name, z.array(name).max(100)).nullable().optional(),
      unused: z.array(name).max(10_000).nullable().optional()
    })
  }),
  'data.setNormalisation': z.strictObject({
    project: id,
    kind: z.enum(['half-width-kana', 'full-width-ascii', 'nfkc', 'trailing-space']),
    applied: z.boolean()
  }),
  'data.editExample': z.strictObject({
    project: id,
    index: count(100_000_000),
    question: text.optional(),
    answer: text.optional(),
    other: text.optional(),
    removed: z.boolean().optional()
  }),
  'data.putRight': z.strictObject({
    project: id,
    file: id,
    sheet: name.nullable(),
    row: count(100_000_000),
    question: text,
    answer: text
  }),
  'data.emptyCopies': ofProject,
  'data.undo': z.strictObject({ project: id, entry: count(1_000_000_000) }),
  'data.redo': z.strictObject({ project: id, entry: count(1_000_000_000) }),
  'data.rows': z.strictObject({
    ...{ project: id, offset: count(100_000_000), limit: count(1000), ...among },
    order: z.enum(rowOrders).exactOptional()
  }),
  'data.changeRows': z.strictObject({
    ...{ project: id, ...among },
    indices: z.array(count(100_000_000)).max(10_000).exactOptional(),
    except: z.array(count(100_000_000)).max(10_000).exactOptional(),
    change: z.discriminatedUnion('how', [
      z.strictObject({ how: z.literal('leave-out') }),
      z.strictObject({ how: z.literal('replace'), from: name.min(1), to: name })
    ])
  }),
  'data.source': z.strictObject({ project: id, file: id, offset: count(100_000_000), limit: count(1000) }),
  'data.refused': z.strictObject({ project: id, offset: count(100_000_000), limit: count(1000) }),
  'data.refusedFile': ofProject,
  'data.preview': z.strictObject({ project: id, file: id.nullable(), index: count(100_000_000) }),
  'checkUp.get': z.strictObject({ project: id, keep: z.enum(keepChoices) }),
  'checkUp.cancel': ofProject,
  'checkUp.repair': z.strictObject({
    project: id,
    finding,
    keep: z.enum(keepChoices),
    kept: count(100_000_000).optional()
  }),
  'checkUp.setChoices': z.strictObject({
    project: id,
    choices: z.strictObject({
      allowed: z.array(name).max(5000),
      allowedKinds: z.array(z.enum(personalKinds)).max(personalKinds.length),
      own: z.array(name).max(100),
      forbidden: z.array(name).max(1000),
      terms: z.array(z.array(name).max(20)).max(500)
    })
  }),
  'checkUp.personal': z.strictObject({ project: id, offset: count(100_000_000), limit: count(1000) }),
  'checkUp.personalFile': ofProject,
  'data.histogram': z.strictObject({ project: id, maxSeqLength: z.number().int().min(8).max(131_072) }),
  'models.list': none,
  'models.add': z.strictObject({ fileId: id }),
  'models.remove': onlyId,
  'models.restore': onlyId,
  'models.plan': z.strictObject({ id, project: id }),
  'models.catalogue': none,
  'models.suggest': ofProject,
  'models.planEntry': z.strictObject({ id: hubId, project: id }),
  'models.look': z.strictObject({ address: address.min(1) }),
  'models.fetch': z.strictObject({ address: address.min(1), agreed: id.nullable() }),
  'models.pauseFetch': z.strictObject({ id: hubId }),
  'models.resumeFetch': z.strictObject({ id: hubId }),
  'models.cancelFetch': z.strictObject({ id: hubId }),
  'models.fetches': none,
  'models.found': none,
  'models.addFound': onlyId,
  'models.deleteFiles': onlyId,
  'models.hub': none,
  'models.setHub': z.strictObject({
    address,
    proxy: address,
    certificates: z.string().max(4096)
  }),
  'models.setToken': z.strictObject({ token: z.string().max(1000) }),
  'models.moveStore': z.strictObject({ fileId: id.nullable(), shared: z.boolean() }),
  'models.emptyStore': none,
  'train.presets': z.strictObject({ project: id, start: id.optional() }),
  'train.questions': z.strictObject({ project: id, heldOutRatio: z.number().min(0).max(1) }),
  'train.plan': plannedRun,
  'train.program': z.strictObject({ fileId: id }),
  'train.agreeProgram': z.strictObject({ fileId: id }),
  'train.judges': z.strictObject({ run: id }),
  'runs.startRun': newRun,
  'elsewhere.allowed': none,
  'elsewhere.look': z.strictObject({
    training: newRun,
    to: z.union([
      z.strictObject({ kind: z.literal('folder'), fileId: id }),
      z.strictObject({ kind: overNetwork, where: address }),
      z.strictObject({ ...service, terms: cloudTerms })
    ]),
    modelThere: z.string().min(1).max(4096).nullable()
  }),
  'elsewhere.agree': z.strictObject({ run: id, unmasked: z.boolean() }),
  'elsewhere.refuse': ofRun,
  'elsewhere.key': z.strictObject(service),
  'elsewhere.keys': none,
  'elsewhere.setKey': z.strictObject({ ...service, key: z.string().max(4096) }),
  'elsewhere.takeBack': z.strictObject({ fileId: id }),
  'runs.list': z.strictObject({ project: id.optional() }),
  'runs.get': onlyId,
  'runs.curves': z.strictObject({ id, points: z.number().int().min(10).max(5000) }),
  'runs.answers': onlyId,
  'runs.pauseRun': onlyId,
  'runs.resumeRun': onlyId,
  'runs.stopRun': onlyId,
  'runs.rename': z.strictObject({ id, name: name.min(1) }),
  'runs.remove': onlyId,
  'runs.restore': z.strictObject({ undo: id }),
  'runs.bin': none,
  'runs.scores': z.strictObject({ ids: z.array(id).min(1).max(10) }),
  'runs.differences': z.strictObject({ ids: z.array(id).min(1).max(10) }),
  'sweep.get': ofProject,
  'sweep.start': z.strictObject({
    project: id,
    settings: settingsSchema,
    tried: triedSchema,
    steps: z.number().int().min(1).max(100_000),
    part
  }),
  'sweep.resume': ofProject,
  'sweep.cancel': ofProject,
  'evaluation.start': evaluationStart.extend({ agreed: agreed.exactOptional() }),
  'asking.ofEvaluation': evaluationStart,
  'asking.ofChat': z.strictObject({ run: id, text }),
  'asking.endChat': ofRun,
  'asking.deploy': z.strictObject({ run: id, deployment: name }),
  'evaluation.pairs': z.strictObject({ run: id, from: z.number().int().min(0) }),
  'evaluation.result': ofRun,
  'evaluation.forbid': z.strictObject({ run: id, words: z.array(text.min(1).max(100)).max(200) }),
  'evaluation.get': ofRun,
  'evaluation.seen': ofRun,
  'evaluation.memory': ofRun,
  'evaluation.cancel': ofRun,
  'augment.preview': z.strictObject({ project: id, choices: augmentChoices }),
  'augment.apply': z.strictObject({ project: id, choices: augmentChoices }),
  'augment.cancel': ofProject,
  'leak.get': ofRun,
  'leak.start': z.strictObject({ run: id, planted: z.array(z.string().min(1).max(200)).max(50) }),
  'leak.cancel': ofRun,
  'advice.get': ofProject,
  'advice.start': z.strictObject({ project: id, documents: z.array(id).max(1000) }),
  'advice.cancel': ofProject,
  'evaluation.ballot': z.strictObject({ run: id, voter: name.min(1), size: z.literal(ballotSizes) }),
  'evaluation.vote': z.strictObject({ run: id, ballot: id, item: count(1_000_000), choices: choicesSchema }),
  'evaluation.takeBack': z.strictObject({ run: id, ballot: id }),
  'evaluation.dropBallot': z.strictObject({ run: id, ballot: id }),
  'sorting.labels': ofProject,
  'sorting.report': z.strictObject({ run: id, threshold: share }),
  'sorting.rows': z.strictObject({
    run: id,
    threshold: share,
    is: count(1_000_000).nullable(),
    said: count(1_000_000).nullable(),
    wrong: z.boolean(),
    offset: count(100_000_000),
    limit: count(1000)
  }),
  'sorting.try': z.strictObject({ run: id, text, threshold: share }),
  'sorting.look': z.strictObject({ fileId: id }),
  'sorting.file': z.strictObject({ run: id, fileId: id, column: text, threshold: share }),
  'sorting.stop': ofRun,
  'evaluation.tally': ofRun,
  'evaluation.ballotFile': z.strictObject({ run: id, voter: name.min(1), size: z.literal(ballotSizes) }),
  'evaluation.learnVotes': z.strictObject({ run: id }),
  'evaluation.takeVotes': z.strictObject({ run: id, text }),
  'evaluation.report': z.strictObject({
    run: id,
    signature: z.strictObject({ by: name.min(1), comment: text.max(2000) }).nullable(),
    form: z.enum(['html', 'pdf'])
  }),
  'chat.ask': z.strictObject({
    run: id,
    chat: id,
    messages: z.strictObject({ base: z.array(message).max(400), tuned: z.array(message).max(400) }),
    settings: chatSettings,
    continues: z.boolean().optional(),
    agreed: agreed.exactOptional()
  }),
  'chat.cancel': z.strictObject({ chat: id }),
  'exports.start': z.strictObject({
    run: id,
    kind: z.enum(exportKindNames),
    target: id.nullable(),
    dtype: z.enum(exportFormats)
  }),
  'exports.list': ofRun,
  'exports.cancel': onlyId,
  'api.get': none,
  'api.start': z.strictObject({ run: id.nullable() }),
  'api.stop': none,
  'api.renewKey': none,
  'programs.find': none,
  'ollama.plan': ofExport,
  'ollama.create': z.strictObject({ run: id, id, name: z.string().max(200) }),
  'ollama.cancel': onlyId,
  'lmStudio.put': ofExport
}

/** The arguments of a call, checked; throws BAD_ARGUMENTS naming the place that is wrong. */
export function checkArguments<C extends CallName>(name: C, args: unknown): Calls[C]['args'] {
  const result = schemas[name].safeParse(args)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  // what was sent may stand in both, as long as it likes
  const line = (text: string, most: number): string => text.replace(/\s+/g, ' ').slice(0, most)
  const place = line(issue?.path.join('.') || 'arguments', 100)
  throw new NeiroError('BAD_ARGUMENTS', { call: name, place, why: line(issue?.message ?? '', 200) })
}
