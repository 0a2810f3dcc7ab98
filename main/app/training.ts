// The calls about models, presets and runs.
import type { SweepCalls } from '../contract/sweep'
import type { RunAnswer, RunView, TrainingCalls } from '../contract/window/training'
import { readModel } from '../services/models/read-model'
import { forbiddenOf } from '../services/evaluation/forbidden-words'
import { checkNothingIsBuiltOn } from '../services/runs/built-on'
import { withCompared } from '../services/runs/compared-loss'
import { differencesOf } from '../services/runs/differences'
import { marksGivenBy } from '../services/runs/other-runs'
import { measuredOn } from '../services/runs/measured-on'
import { jobOf } from '../services/runs/run-model'
import type { RunPlace } from '../services/runs/run-view'
import { NeiroError } from '../contract/errors'
import type { HandlersOf } from './handlers'
import type { AppHooks } from './hooks'
import { newRunOf } from './new-run'
import type { Parts } from '../parts'

export function trainingHandlers(parts: Parts, { mayRun }: AppHooks): HandlersOf<TrainingCalls & SweepCalls> {
  const { evaluations, files, projects, shelf, training, store, queue, modelTexts, runTeller, leave, tell } =
    parts
  const { sweeps, agreedPrograms } = parts

  /** Does something with a run and answers how it stands then. */
  async function withRun(id: string, work: (place: RunPlace) => Promise<unknown>): Promise<RunView> {
    const place = await store.place(id)
    await work(place)
    runTeller.changed(place)
    return store.view(place)
  }

  async function answersOf(id: string): Promise<readonly RunAnswer[]> {
    const place = await store.place(id)
    const { samples } = await store.figures(place)
    if (samples.length === 0) return []
    const { questions } = await store.view(place)
    const { open } = await jobOf(place.dir, shelf)
    const modelText = await modelTexts.get(await readModel(open.modelDir, modelTexts))
    const answers: RunAnswer[] = []
    for (const { step, question, answer } of samples) {
      const text = await modelText.decode(answer)
      answers.push({ step, question: questions[question] ?? '', answer: text.trim() })
    }
    return answers
  }

  return {
    'models.list': () => shelf.list(),
    'models.add': async ({ fileId }) => {
      const card = await shelf.add(files.pathOf(fileId))
      tell('models.changed', null)
      return card
    },
    'models.remove': async ({ id }) => {
      await shelf.remove(id)
      tell('models.changed', null)
      tell('projects.changed', null)
      return null
    },
    'models.restore': async ({ id }) => {
      await shelf.restore(id)
      tell('models.changed', null)
      tell('projects.changed', null)
      return null
    },
    'models.plan': ({ id, project }) => training.planModel(id, project),
    'train.presets': ({ project, start }) => training.presets(project, start),
    'train.plan': ({ project, settings, part, ...more }) => training.plan(project, settings, part, more),
    'train.program': async ({ fileId }) => {
      const file = files.pathOf(fileId)
      return { file, agreed: (await agreedPrograms.look(file)).agreed, asksHere: mayRun !== undefined }
    },
    'train.agreeProgram': async ({ fileId }) => {
      const file = files.pathOf(fileId)
      // whoever has the page's key could click in the page, too, and a file may be one that the page itself has sent
      if (!mayRun) throw new NeiroError('PROGRAM_NOT_AGREED', { file })
      const { sha256 } = await agreedPrograms.look(file)
      const agreed = await mayRun(file)
      if (agreed) await agreedPrograms.agree({ file, sha256 })
      return { agreed }
    },
    'train.judges': async ({ run: id }) => {
      const { run, program } = await marksGivenBy((await store.place(id)).dir)
      return {
        ...(run !== undefined && { run: (await store.placeAt(run)).id }),
        ...(program !== undefined && { program: await files.add(program) })
      }
    },
    'train.questions': ({ project, heldOutRatio }) => training.questions(project, heldOutRatio),
    'runs.startRun': async (request) => {
      const run = await training.startRun(await newRunOf(request, parts))
      tell('projects.changed', null)
      return run
    },
    'sweep.get': ({ project }) => sweeps.get(project),
    'sweep.start': async (request) => {
      const sweep = await sweeps.start(request)
      tell('projects.changed', null)
      return sweep
    },
    'sweep.resume': ({ project }) => sweeps.resume(project),
    'sweep.cancel': ({ project }) => sweeps.cancel(project),
    'runs.list': async ({ project }) =>
      project === undefined ? store.list() : store.listOf(await projects.get(project)),
    'runs.get': ({ id }) => store.get(id),
    'runs.curves': async ({ id, points }) => {
      const { curves } = await store.figures(await store.place(id))
      const drawn = curves.drawn(points)
      // whoever asks again and again has one that is at work
      if (drawn.best) return { run: id, ...drawn }
      const { state, step, best } = await store.get(id)
      return { run: id, ...(state === 'stopped' ? withCompared(drawn, step, best) : drawn) }
    },
    'runs.answers': ({ id }) => answersOf(id),
    'runs.pauseRun': ({ id }) => withRun(id, (place) => queue.pauseRun(place)),
    'runs.resumeRun': ({ id }) => withRun(id, () => training.resumeRun(id)),
    'runs.stopRun': ({ id }) => withRun(id, (place) => queue.stopRun(place)),
    'runs.rename': ({ id, name }) => withRun(id, (place) => store.change(place, () => ({ name }))),
    'runs.remove': async ({ id }) => {
      const place = await store.place(id)
      await checkNothingIsBuiltOn(
        place,
        await store.places(),
        async (other) => (await store.view(other)).name
      )
      await leave(place)
      const removed = await store.remove(place)
      tell('projects.changed', null)
      return removed
    },
    'runs.bin': () => store.bin(),
    'runs.restore': async ({ undo }) => {
      const place = await store.restore(undo)
      tell('projects.changed', null)
      return store.view(place)
    },
    'runs.scores': async ({ ids }) =>
      evaluations.compareRuns(await Promise.all(ids.map((id) => store.place(id))), (place) =>
        forbiddenOf(parts, place)
      ),
    'runs.differences': async ({ ids }) => {
      const places = await Promise.all(ids.map((id) => store.place(id)))
      const measured = await measuredOn(places.map(({ dir }) => dir))
      return {
        settings: differencesOf(await Promise.all(places.map((place) => store.view(place)))),
        models: measured.map(({ model }) => model),
        heldOut: measured.map(({ heldOut }) => heldOut)
      }
    }
  }
}
