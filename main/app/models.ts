// The calls about models beyond this machine: catalogue, hub, downloads, models of other programs, the store.
import { headOf } from '../contract/goals'
import { NeiroError } from '../contract/errors'
import type { ModelCalls } from '../contract/window/models'
import { storeFolderIn } from '../services/models/model-store'
import type { HandlersOf } from './handlers'
import type { Parts } from '../parts'

export function modelHandlers(parts: Parts): HandlersOf<ModelCalls> {
  const { models, files, shelf, data, projects, dirOf, tell } = parts
  const { known, hub, downloads, store, settings } = models

  return {
    'models.catalogue': () => known.entries(),
    'models.suggest': async ({ project }) => {
      const { file } = await projects.get(project)
      const view = await data.get({ project, dir: await dirOf(project) })
      const languages = view.files.map(({ language }) => language)
      // a tone is of the language that the examples are written in; where that is not one, of whoever looks at them
      const isOpen = languages.every((one) => one !== 'ja' && one !== 'en')
      const japanese = languages.includes('ja') || (isOpen && parts.language() === 'ja')
      return known.suggest(project, { head: headOf(file.goal), japanese })
    },
    'models.planEntry': ({ id, project }) => known.plan(id, project),
    'models.look': async ({ address }) => (await hub.look(address)).model,
    'models.fetch': ({ address, agreed }) => hub.fetch(address, agreed),
    'models.pauseFetch': async ({ id }) => {
      await downloads.pause(id)
      return null
    },
    'models.resumeFetch': ({ id }) => downloads.resume(id),
    'models.cancelFetch': async ({ id }) => {
      await downloads.cancel(id)
      return null
    },
    'models.fetches': () => downloads.list(),
    'models.found': () => models.found(),
    'models.addFound': async ({ id }) => {
      const card = await shelf.add(await models.foundPath(id))
      tell('models.changed', null)
      return card
    },
    'models.deleteFiles': async ({ id }) => {
      await store.deleteFiles(id)
      tell('models.changed', null)
      tell('projects.changed', null)
      return null
    },
    'models.hub': () => models.view(),
    'models.setHub': async (change) => {
      await settings.change(change)
      return models.view()
    },
    'models.setToken': async ({ token }) => {
      if (/[^\x21-\x7e]/.test(token.trim())) throw new NeiroError('HUB_BAD_TOKEN')
      await models.token.set(token.trim())
      return models.view()
    },
    'models.moveStore': async ({ fileId, shared }) => {
      const own = shared ? models.hubCache : models.ownStore()
      const target = fileId === null ? own : await storeFolderIn(files.pathOf(fileId))
      await store.move(target, (doneBytes, totalBytes) => tell('store.moving', { doneBytes, totalBytes }))
      tell('models.changed', null)
      return models.view()
    },
    'models.emptyStore': async () => {
      await store.empty()
      tell('models.changed', null)
      tell('projects.changed', null)
      return models.view()
    }
  }
}
