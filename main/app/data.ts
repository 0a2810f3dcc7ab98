// The data room's calls: handed to the data service with the project's folder; what changes the set is told.
import type { DataCalls, DataView } from '../contract/window/data'
import type { HandlersOf } from './handlers'
import type { Parts } from '../parts'

export function dataHandlers({ data, dirOf, tell }: Parts): HandlersOf<DataCalls> {
  const within = async <T extends { readonly project: string }>(args: T): Promise<T & { dir: string }> => ({
    ...args,
    dir: await dirOf(args.project)
  })
  /** Home and rail show how many examples there are; another window may have the same data before it. */
  async function changed<A extends { readonly project: string; readonly dir: string }>(
    args: A,
    change: (args: A) => Promise<DataView>
  ): Promise<DataView> {
    const view = await change(args)
    tell('projects.changed', null)
    tell('data.changed', { project: args.project, fingerprint: view.fingerprint })
    return view
  }

  return {
    'data.add': async (args) => changed(await within(args), (within) => data.add(within)),
    'data.cancel': async (args) => data.cancel(await within(args)),
    'data.get': async (args) => data.get(await within(args)),
    'data.removeFile': async (args) => changed(await within(args), (within) => data.removeFile(within)),
    'data.setOverrides': async (args) => changed(await within(args), (within) => data.setOverrides(within)),
    'data.setNormalisation': async (args) =>
      changed(await within(args), (within) => data.setNormalisation(within)),
    'data.editExample': async (args) => changed(await within(args), (within) => data.editExample(within)),
    'data.putRight': async (args) => changed(await within(args), (within) => data.putRight(within)),
    'data.emptyCopies': async (args) => changed(await within(args), (within) => data.emptyCopies(within)),
    'data.undo': async (args) => changed(await within(args), (within) => data.undo(within)),
    'data.rows': async (args) => data.rows(await within(args)),
    'data.source': async (args) => data.source(await within(args)),
    'data.refused': async (args) => data.refused(await within(args)),
    'data.refusedFile': async (args) => data.refusedFile(await within(args)),
    'data.preview': async (args) => data.preview(await within(args)),
    'data.histogram': async (args) => data.histogram(await within(args))
  }
}
