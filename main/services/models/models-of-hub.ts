// Everything about models beyond this machine, put together once for every door.
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { FetchView, FoundModel, HubSettings } from '../../contract/window/models'
import type { FileRefs } from '../files/file-refs'
import type { InStorage } from '../storage/storage-place'
import { Agreements } from './agreements'
import { readCatalogue } from './catalogue/catalogue'
import { KnownModels, type PlanFolder } from './catalogue/known-models'
import { Downloads } from './downloads'
import { foundModels, foundPath } from './found/found-models'
import { HubModels } from './hub-models'
import { HubSettingsStore, hubCache } from './hub-settings'
import type { Found, HubPort } from './hub/hub-port'
import type { ModelShelf } from './model-shelf'
import { ModelStore } from './model-store'
import { originsIn } from './origins'
import type { TokenKeeper } from './token-keeper'

export interface ModelsOfHubOptions {
  /** the data folder */
  readonly home: string
  readonly storage: InStorage
  readonly catalogueFile: string
  readonly hub: HubPort
  readonly token: TokenKeeper
  readonly shelf: ModelShelf
  readonly files: FileRefs
  readonly planFolder: PlanFolder
  readonly onFetch: (view: FetchView) => void
  /** another model is on the shelf */
  readonly onArrived: () => void
  readonly env?: Readonly<Record<string, string | undefined>>
}

// The return type is the list below, as of parts.ts.
export function createModelsOfHub(o: ModelsOfHubOptions) {
  const env = o.env ?? process.env
  const place = { home: env['HOME'] || homedir(), env }
  const official = async (): Promise<string> => (await readCatalogue(o.catalogueFile)).hub
  const settings = new HubSettingsStore({
    file: join(o.home, 'hub.json'),
    official,
    token: o.token,
    env,
    home: place.home,
    ownStore: () => join(o.storage.dir, 'models')
  })
  const agreements = new Agreements(join(o.home, 'licences.json'))
  const origins = originsIn(o.home)

  /** ids on the shelf by ids of the hub, in small letters */
  const here = async (): Promise<ReadonlyMap<string, string>> => {
    const ids = await o.shelf.ids()
    const fetched = [...(await origins.all())].flatMap(([dir, { model }]) => {
      const id = ids.get(dir)
      return id === undefined ? [] : [[model.toLowerCase(), id] as const]
    })
    return new Map(fetched)
  }
  const known = new KnownModels({ file: o.catalogueFile, agreements, here, planFolder: o.planFolder })

  const arrived = async ({ listing, files }: Found, folder: string, from: string): Promise<string> => {
    const { key, name, url, duties, agreedOn } = await known.licenceOf(listing.model, listing.licence)
    const gguf = files.find(({ path }) => /\.gguf$/i.test(path))
    const dir = gguf ? join(folder, gguf.path) : folder
    await origins.change((all) =>
      all.set(dir, {
        model: listing.model,
        revision: listing.revision,
        from,
        licence: { key, name, url, duties: [...duties], agreedOn }
      })
    )
    const { id } = await o.shelf.add(dir)
    o.onArrived()
    return id
  }
  const downloads = new Downloads({
    file: join(o.home, 'fetches.json'),
    hub: o.hub,
    reaching: () => settings.reaching(),
    storeDir: async () => (await settings.store()).dir,
    arrived,
    onChange: o.onFetch
  })
  const store = new ModelStore({ settings, shelf: o.shelf, origins, atRest: () => !downloads.active })
  const hub = new HubModels({ hub: o.hub, settings, known, agreements, downloads, here })

  return {
    ...{ known, hub, downloads, store, settings, origins, token: o.token },
    hubCache: hubCache(env, place.home),
    ownStore: (): string => join(o.storage.dir, 'models'),
    /** Where one that was fetched lies, by its name on the hub; the newest. Null: none was. */
    fetched: async (name: string): Promise<string | null> => {
      const all = [...(await origins.all())].filter(([dir]) => existsSync(dir))
      return all.findLast(([, { model }]) => model.toLowerCase() === name.toLowerCase())?.[0] ?? null
    },
    /** what other programs keep, without what is on the shelf already */
    found: async (): Promise<readonly FoundModel[]> => {
      const listed = await o.shelf.ids()
      return (await foundModels(place)).filter(({ shownPath }) => !listed.has(shownPath))
    },
    foundPath: (id: string): Promise<string> => foundPath(id, place),
    view: async (): Promise<HubSettings> => {
      const { proxy, certificates } = await settings.stored()
      const { dir, ...facts } = await store.facts()
      const fileId = (await o.files.add(dir).catch(() => null))?.id ?? null
      return {
        address: await settings.address(),
        officialAddress: await official(),
        proxy,
        certificates,
        token: (await settings.token()).state,
        tokenPlace: o.token.place,
        store: { shownPath: dir, fileId, ...facts }
      }
    },
    close: () => downloads.close()
  }
}
