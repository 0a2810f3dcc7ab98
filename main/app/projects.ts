// The calls about projects. What a project shows is derived from its folder each time.
import { basename } from 'node:path'
import { starterId, type Project, type ProjectCalls } from '../contract/window/projects'
import type { RunView } from '../contract/window/training'
import { dataChangedAt } from '../services/dataset/store/project-data'
import type { OpenedProject } from '../services/projects/projects'

import type { HandlersOf } from './handlers'
import type { Parts } from '../parts'

export function projectHandlers(parts: Parts): HandlersOf<ProjectCalls> {
  const { projects, files, data, shelf, store, leave, tell } = parts

  const show = async (opened: OpenedProject): Promise<Project> =>
    viewProject(opened, {
      runs: await store.listOf(opened),
      // a set that cannot be read says so in its own room
      examples: await data.countOf(opened.dir).catch(() => null),
      dataChangedAt: await dataChangedAt(opened.dir),
      modelName: opened.file.modelId === null ? null : await shelf.nameOf(opened.file.modelId)
    })
  const changed = async (opened: OpenedProject): Promise<Project> => {
    tell('projects.changed', null)
    return show(opened)
  }

  return {
    'projects.list': async () => Promise.all((await projects.list()).map(show)),
    'projects.create': async ({ name, company, sample }) => {
      const opened = await projects.create(name, company, sample)
      if (!sample) return changed(opened)
      // read now, so that the next room has it at once
      await data.get({ project: opened.file.id, dir: opened.dir })
      return changed(await projects.change(opened.file.id, { modelId: starterId, step: 'train' }))
    },
    'projects.open': async ({ fileId }) => changed(await projects.open(files.pathOf(fileId))),
    'projects.get': async ({ id }) => show(await projects.get(id)),
    'projects.update': async ({ id, ...change }) => {
      if (change.modelId !== undefined) await shelf.dirOf(change.modelId)
      return changed(await projects.change(id, change))
    },
    'projects.remove': async ({ id }) => {
      for (const place of await store.places()) if (place.project === id) await leave(place)
      const removed = await projects.remove(id)
      tell('projects.changed', null)
      return removed
    },
    'projects.restore': async ({ undo }) => {
      const opened = await projects.restore(undo)
      if (opened) return changed(opened)
      tell('projects.changed', null)
      return null
    },
    'projects.bin': async () => projects.bin(),
    'projects.lost': async () =>
      (await projects.lost()).map(({ dir, ...lost }) => ({ ...lost, name: basename(dir), shownPath: dir })),
    'projects.forget': async ({ id }) => {
      const forgotten = await projects.forget(id)
      tell('projects.changed', null)
      return forgotten
    },
    'projects.relocate': async ({ id, fileId }) => changed(await projects.relocate(id, files.pathOf(fileId)))
  }
}

interface Derived {
  /** newest first */
  readonly runs: readonly RunView[]
  readonly examples: number | null
  readonly modelName: string | null
  readonly dataChangedAt: string | null
}

export function viewProject(
  { dir, file }: OpenedProject,
  { runs, examples, modelName, dataChangedAt }: Derived
): Project {
  const busy = (state: RunView['state']): string | null =>
    runs.find((run) => run.state === state && !run.ofSweep)?.id ?? null
  return {
    id: file.id,
    name: file.name,
    company: file.company,
    step: file.step,
    reached: file.reached,
    goal: file.goal,
    answers: file.answers,
    sample: file.sample,
    modelId: file.modelId,
    modelName,
    examples,
    systemPrompt: file.systemPrompt,
    createdAt: file.createdAt,
    workedAt: dataChangedAt !== null && dataChangedAt > file.openedAt ? dataChangedAt : file.openedAt,
    runs: runs.length,
    activeRun: busy('running') ?? busy('waiting'),
    // in a copied project the runs are other ones
    chosenRun: runs.some((run) => run.id === file.chosenRun) ? file.chosenRun : null,
    shownPath: dir
  }
}
