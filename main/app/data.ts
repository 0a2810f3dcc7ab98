// The data room's calls: handed to the data service with the project's folder; what changes the set is told.
import type { DataCalls } from '../contract/window/data'
import type { HandlersOf } from './handlers'
import type { Parts } from '../parts'

export function dataHandlers({ data, dirOf, tell }: Parts): HandlersOf<DataCalls> {
  const within = async <T extends { readonly project: string }>(args: T): Promise<T & { dir: string }> => ({
    ...args,
    dir: await dirOf(args.project)
  })
  /** Home and rail show how many examples there are. */
  async function changed<T>(change: Promise<T>): Promise<T> {
    const view = await change
    tell('projects.changed', null)
    return view
  }

  return {
    'data.add': async (args) => changed(data.add(await within(args))),
    'data.cancel': async (args) => data.cancel(await within(args)),
    'data.get': async (args) => data.get(await within(args)),
    'data.removeFile': async (args) => changed(data.removeFile(await within(args))),
    'data.setOverrides': async (args) => changed(data.setOverrides(await within(args))),
    'data.setNormalisation': async (args) => changed(data.setNormalisation(await within(args))),
    'data.editExample': async (args) => changed(data.editExample(await within(args))),
    'data.undo': async (args) => changed(data.undo(await within(args))),
    'data.rows': async (args) => data.rows(await within(args)),
    'data.source': async (args) => data.source(await within(args)),
    'data.refused': async (args) => data.refused(await within(args)),
    'data.refusedFile': async (args) => data.refusedFile(await within(args)),
    'data.preview': async (args) => data.preview(await within(args)),
    'data.histogram': async (args) => data.histogram(await within(args))
  }
}
