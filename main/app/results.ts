// The calls about what came of a run: comparison, chat, exports.
import { join } from 'node:path'
import type { ResultCalls } from '../contract/window/results'
import { exportName } from '../services/exports/export-name'
import type { HandlersOf } from './handlers'
import type { Parts } from '../parts'

export function resultHandlers(parts: Parts): HandlersOf<ResultCalls> {
  const { comparisons, chats, exports, store, projects, files, tunedRun } = parts
  return {
    'compare.start': async ({ run, limit }) => comparisons.start(await store.place(run), limit),
    'compare.get': async ({ run }) => comparisons.get(await store.place(run)),
    'compare.cancel': async ({ run }) => {
      comparisons.cancel(run)
      return null
    },
    'chat.ask': async ({ run, ...request }) => chats.ask(await tunedRun(await store.place(run)), request),
    'chat.cancel': async ({ chat }) => {
      chats.cancel(chat)
      return null
    },
    'exports.start': async ({ run, kind, target, dtype }) => {
      const place = await store.place(run)
      const { dir, file } = await projects.get(place.project)
      const { name } = await store.view(place)
      return exports.start({
        place,
        kind,
        dtype,
        into: target === null ? join(dir, 'exports') : files.pathOf(target),
        name: exportName(file.name, name, kind)
      })
    },
    'exports.list': async ({ run }) => exports.list(await store.place(run)),
    'exports.cancel': async ({ id }) => {
      exports.cancel(id)
      return null
    }
  }
}
