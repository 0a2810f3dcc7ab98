// The data room's calls: handed to the data service with the project's folder; what changes the set is told.
import type { DataCalls, DataView } from '../contract/window/data'
import { rowsChange } from '../services/dataset/set/change-rows'
import type { HandlersOf } from './handlers'
import type { Parts } from '../parts'

type InProject<T> = T & { readonly dir: string }

/** The arguments with the folder of their project. */
export const within = async <T extends { readonly project: string }>(
  { dirOf }: Pick<Parts, 'dirOf'>,
  args: T
): Promise<InProject<T>> => ({ ...args, dir: await dirOf(args.project) })

/** Home and rail show how many examples there are; another window may have the same data before it. */
export async function changedSet<A extends { readonly project: string; readonly dir: string }>(
  { tell }: Pick<Parts, 'tell'>,
  args: A,
  change: (args: A) => Promise<DataView>
): Promise<DataView> {
  const view = await change(args)
  tell('projects.changed', null)
  tell('data.changed', { project: args.project, changes: view.changes })
  return view
}

export function dataHandlers(parts: Parts): HandlersOf<DataCalls> {
  const { data, checkUps } = parts
  const inProject = <T extends { readonly project: string }>(args: T): Promise<InProject<T>> =>
    within(parts, args)
  const changed = <A extends { readonly project: string; readonly dir: string }>(
    args: A,
    change: (args: A) => Promise<DataView>
  ): Promise<DataView> => changedSet(parts, args, change)

  return {
    'data.add': async (args) => changed(await inProject(args), (within) => data.add(within)),
    'data.cancel': async (args) => data.cancel(await inProject(args)),
    'data.get': async (args) => data.get(await inProject(args)),
    'data.removeFile': async (args) => changed(await inProject(args), (within) => data.removeFile(within)),
    'data.setOverrides': async (args) =>
      changed(await inProject(args), (within) => data.setOverrides(within)),
    'data.setNormalisation': async (args) =>
      changed(await inProject(args), (within) => data.setNormalisation(within)),
    'data.editExample': async (args) => changed(await inProject(args), (within) => data.editExample(within)),
    'data.putRight': async (args) => changed(await inProject(args), (within) => data.putRight(within)),
    'data.emptyCopies': async (args) => changed(await inProject(args), (within) => data.emptyCopies(within)),
    'data.undo': async (args) => changed(await inProject(args), (within) => data.undo(within)),
    'data.redo': async (args) => changed(await inProject(args), (within) => data.redo(within)),
    'data.rows': async ({ finding, ...args }) => {
      const { dir, ...page } = await inProject(args)
      return data.rows({ ...page, dir, indices: await checkUps.rowsOf(dir, finding) })
    },
    'data.changeRows': async ({ finding, search, indices: ticked, except, change, ...args }) =>
      changed(await inProject(args), async ({ dir, project }) => {
        const { set } = await data.snapshotOf(dir)
        const entry = await rowsChange(
          set,
          { search, ticked, except, among: await checkUps.rowsOf(dir, finding) },
          change
        )
        return data.entered(dir, project, () => entry)
      }),
    'data.source': async (args) => data.source(await inProject(args)),
    'data.refused': async (args) => data.refused(await inProject(args)),
    'data.refusedFile': async (args) => data.refusedFile(await inProject(args)),
    'data.preview': async (args) => data.preview(await inProject(args)),
    'data.histogram': async (args) => data.histogram(await inProject(args))
  }
}
