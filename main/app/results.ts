// The calls about what came of a run: evaluations, chat, exports.
import { join } from 'node:path'
import type { AdviceCalls } from '../contract/advice'
import type { AskingCalls } from '../contract/window/asking'
import type { LeakCalls } from '../contract/leak'
import type { ProgramCalls } from '../contract/window/programs'
import type { ResultCalls } from '../contract/window/results'
import { forbiddenOf } from '../services/evaluation/forbidden-words'
import { ballotFile, ballotName } from '../services/evaluation/report/ballot-file'
import { makeReport, reportName } from '../services/evaluation/report/make-report'
import { exportName } from '../services/exports/export-name'
import { asking } from './asking'
import { changedSet } from './data'
import type { HandlersOf } from './handlers'
import { learnVotes } from './learn-votes'
import type { Parts } from '../parts'

export function resultHandlers(
  parts: Parts
): HandlersOf<ResultCalls & AskingCalls & ProgramCalls & AdviceCalls & LeakCalls> {
  const { leakTests } = parts
  const { advices, evaluated, evaluations, chats, exports, programs, store, projects, files } = parts
  const { handlers, startOf, agreeing, talkThere } = asking(parts)
  return {
    ...handlers,
    'evaluation.start': async (args) =>
      evaluations.start(await store.place(args.run), {
        ...(await startOf(args)),
        agree: agreeing(args)
      }),
    'evaluation.ballot': async ({ run, voter, size }) =>
      (await evaluations.votes(await store.place(run))).ballot(voter, size),
    'evaluation.vote': async ({ run, ballot, item, choices }) =>
      (await evaluations.votes(await store.place(run))).vote(ballot, item, choices),
    'evaluation.takeBack': async ({ run, ballot }) =>
      (await evaluations.votes(await store.place(run))).takeBack(ballot),
    'evaluation.dropBallot': async ({ run, ballot }) =>
      (await evaluations.votes(await store.place(run))).drop(ballot),
    'evaluation.tally': async ({ run }) => (await evaluations.votes(await store.place(run))).tally(),
    'evaluation.ballotFile': async ({ run, voter, size }) => {
      const place = await store.place(run)
      const { id, items } = await (await evaluations.votes(place)).whole(voter, size)
      const project = place.project === null ? '' : (await projects.get(place.project)).file.name
      const language = parts.language()
      return { name: ballotName(id, { project, voter }, language), text: ballotFile(id, items, language) }
    },
    'evaluation.takeVotes': async ({ run, text }) =>
      (await evaluations.votes(await store.place(run))).takeIn(text),
    'evaluation.learnVotes': ({ run }) => learnVotes(run, parts),
    'evaluation.report': async ({ run, signature, form }) => {
      const place = await store.place(run)
      const project = place.project === null ? null : await projects.get(place.project)
      const text = await makeReport(place, {
        ...{ evaluations, signature, language: parts.language() },
        forbidden: await forbiddenOf(parts, place),
        placeOf: (id) => store.place(id),
        project: project?.file.name ?? ''
      })
      const bytes = form === 'pdf' ? await parts.printPdf(text) : Buffer.from(text)
      return { name: reportName(project?.file.name, form), base64: Buffer.from(bytes).toString('base64') }
    },
    'evaluation.pairs': async ({ run, from }) => evaluations.pairs(await store.place(run), from),
    'evaluation.result': async ({ run }) => {
      const place = await store.place(run)
      return evaluations.result(place, await forbiddenOf(parts, place))
    },
    'evaluation.forbid': async ({ run, words }) => {
      const { project } = await store.place(run)
      if (project === null) return null
      const dir = await parts.dirOf(project)
      await changedSet(parts, { project, dir }, () => parts.checkUps.forbid(dir, project, words))
      return null
    },
    'evaluation.get': async ({ run }) => evaluations.get(await store.place(run)),
    'evaluation.seen': async ({ run }) => evaluations.seenIn((await store.place(run)).dir),
    'evaluation.memory': async ({ run }) => {
      const held = await evaluations.held(await store.place(run))
      return held ? evaluations.memoryOf(held) : {}
    },
    'advice.get': async ({ project }) => advices.get((await projects.get(project)).file.id),
    'advice.start': async ({ project, documents }) =>
      advices.start(
        (await projects.get(project)).file.id,
        documents.map((file) => files.pathOf(file))
      ),
    'advice.cancel': async ({ project }) => {
      advices.cancel(project)
      return null
    },
    'leak.get': async ({ run }) => leakTests.get(await store.place(run)),
    'leak.start': async ({ run, planted }) => leakTests.start(await store.place(run), planted),
    'leak.cancel': async ({ run }) => {
      leakTests.cancel(run)
      return null
    },
    'evaluation.cancel': async ({ run }) => {
      evaluations.cancel(run)
      return null
    },
    'chat.ask': async (args) => {
      const { run, agreed: _, ...request } = args
      const there = await talkThere(args)
      return chats.ask(await evaluated(await store.place(run)), request, there)
    },
    'chat.cancel': async ({ chat }) => {
      chats.cancel(chat)
      return null
    },
    'exports.start': async ({ run, kind, target, dtype }) => {
      const place = await store.place(run)
      const project = place.project === null ? null : await projects.get(place.project)
      const { name } = await store.view(place)
      return exports.start({
        place,
        kind,
        dtype,
        into: target === null ? join(project?.dir ?? place.dir, 'exports') : files.pathOf(target),
        name: exportName(project?.file.name ?? '', name, kind)
      })
    },
    'exports.list': async ({ run }) => exports.list(await store.place(run)),
    'exports.cancel': async ({ id }) => {
      exports.cancel(id)
      return null
    },
    'programs.find': () => programs.find(),
    'ollama.plan': async ({ run, id }) => programs.plan(await store.place(run), id),
    'ollama.create': async ({ run, id, name }) => programs.start(await store.place(run), id, name),
    'ollama.cancel': async ({ id }) => {
      programs.cancel(id)
      return null
    },
    'lmStudio.put': async ({ run, id }) => programs.put(await store.place(run), id)
  }
}
