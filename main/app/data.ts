// The data room's calls: handed to the data service with the project's folder; what changes is told.
import type { DataCalls } from '../contract/window/data'
import type { HandlersOf } from './handlers'
import type { Parts } from './parts'

export function dataHandlers({ data, dirOf, tell }: Parts): HandlersOf<DataCalls> {
  /** Home and rail show how many examples there are. */
  async function changed<T>(change: Promise<T>): Promise<T> {
    const view = await change
    tell('projects.changed', null)
    return view
  }

  return {
    'data.add': async ({ project, fileIds }) => changed(data.add(await dirOf(project), fileIds)),
    'data.cancel': async ({ project }) => {
      data.cancel(await dirOf(project))
      return null
    },
    'data.get': async ({ project }) => data.get(await dirOf(project)),
    'data.removeFile': async ({ project, file }) => changed(data.removeFile(await dirOf(project), file)),
    'data.setOverrides': async ({ project, file, overrides }) =>
      changed(data.setOverrides(await dirOf(project), file, overrides)),
    'data.setNormalisation': async ({ project, kind, applied }) =>
      changed(data.setNormalisation(await dirOf(project), kind, applied)),
    'data.editExample': async ({ project, ...edit }) => changed(data.editExample(await dirOf(project), edit)),
    'data.undo': async ({ project }) => changed(data.undo(await dirOf(project))),
    'data.rows': async ({ project, ...page }) => data.rows(await dirOf(project), page),
    'data.refused': async ({ project, ...page }) => data.refused(await dirOf(project), page),
    'data.refusedFile': async ({ project }) => data.refusedFile(await dirOf(project)),
    'data.preview': async ({ project, ...which }) => data.preview(await dirOf(project), which),
    'data.histogram': async ({ project, maxSeqLength }) => data.histogram(await dirOf(project), maxSeqLength)
  }
}
