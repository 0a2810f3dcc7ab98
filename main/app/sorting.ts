// The calls about texts that are sorted: labels of the data, what a run says of them, files sorted whole.
import { basename } from 'node:path'
import type { SortingCalls } from '../contract/window/sorting'
import type { DataFile } from '../services/reading/data-files'
import { imbalanceOf, labelCounts } from '../services/tokens/labels/balance'
import { LabelCounts } from '../services/tokens/labels/scheme'
import type { HandlersOf } from './handlers'
import type { Parts } from '../parts'

const asFile = (path: string): DataFile => ({ path, name: basename(path) })

export function sortingHandlers(parts: Parts): HandlersOf<SortingCalls> {
  const { data, store, files, sortingDesk, dirOf } = parts
  return {
    'sorting.labels': async ({ project }) => {
      const { set } = await data.snapshotOf(await dirOf(project))
      const labels = await set.ask('labels', null)
      if (!labels) return null
      const counted = LabelCounts.of(labels.numbers.keys(), labels)
      const problem = counted.guessed
      const counts = problem === 'regression' ? [] : labelCounts(counted.counts, new Map())
      return {
        problem,
        examples: counted.examples,
        counts: counts.map(({ label, train }) => ({ label, rows: train })),
        rare: imbalanceOf(counts)?.rare.map(({ label }) => label) ?? []
      }
    },
    'sorting.report': async ({ run, ...rest }) => sortingDesk.view(await store.place(run), rest),
    'sorting.rows': async ({ run, ...rest }) => sortingDesk.rows(await store.place(run), rest),
    'sorting.try': async ({ run, ...rest }) => sortingDesk.tried(await store.place(run), rest),
    'sorting.look': async ({ fileId }) => sortingDesk.look(asFile(files.pathOf(fileId))),
    'sorting.file': async ({ run, fileId, ...rest }) =>
      sortingDesk.file(await store.place(run), asFile(files.pathOf(fileId)), rest),
    'sorting.stop': async ({ run }) => {
      sortingDesk.stop(await store.place(run))
      return null
    }
  }
}
