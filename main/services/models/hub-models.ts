// Models of the hub: what is said of one before anything is fetched, and the click that fetches it.
import { NeiroError } from '../../contract/errors'
import type { FetchView, HubModel } from '../../contract/window/models'
import type { Agreements } from './agreements'
import { standingOf } from './catalogue/catalogue'
import { isEncoder } from './families'
import type { KnownModels } from './catalogue/known-models'
import type { Downloads } from './downloads'
import { readAddress } from './hub/address'
import type { Found, HubPort } from './hub/hub-port'
import { sentencePieceNames } from './small-files'
import type { HubSettingsStore } from './hub-settings'

export interface HubModelsOptions {
  readonly hub: HubPort
  readonly settings: HubSettingsStore
  readonly known: KnownModels
  readonly agreements: Agreements
  readonly downloads: Downloads
  /** ids of the shelf by ids of the hub */
  readonly here: () => Promise<ReadonlyMap<string, string>>
}

export interface Looked {
  readonly model: HubModel
  readonly found: Found
}

export class HubModels {
  constructor(private readonly options: HubModelsOptions) {}

  /** Asks the hub. Throws HUB_BAD_ADDRESS, and what the hub refuses. */
  async look(typed: string): Promise<Looked> {
    const { hub, settings, known, here } = this.options
    const reaching = await settings.reaching()
    const { model: id, revision, file } = readAddress(typed, new URL(reaching.address).host)
    const found = await hub.look(reaching, id, revision ?? 'main', file)
    const { listing, files } = found
    const entry = await known.find(listing.model)
    const isGguf = files.some(({ path }) => /\.gguf$/i.test(path))
    const names: readonly string[] = ['tokenizer.json', ...sentencePieceNames]
    const hasTokenizer = isGguf || files.some(({ path }) => names.includes(path))
    const family = listing.family ?? entry?.family ?? null
    const model: HubModel = {
      id: listing.model,
      revision: listing.revision,
      files: files.map(({ path, size }) => ({ path, size })),
      totalBytes: files.reduce((sum, { size }) => sum + size, 0),
      licence: await known.licenceOf(listing.model, listing.licence),
      family,
      // of a GGUF its own header says it, once it is here
      standing:
        isGguf && family === null ? 'ready' : hasTokenizer ? standingOf({ family: family ?? '' }) : 'coming',
      writes: family === null || !isEncoder(family),
      modelId: (await here()).get(listing.model.toLowerCase()) ?? null
    }
    return { model, found }
  }

  /** The one place where something begins to be fetched. Throws MODEL_COMING, and LICENCE_NOT_AGREED {licence} until its
   *  conditions were agreed to. */
  async fetch(typed: string, agreed: string | null): Promise<FetchView> {
    const { agreements, downloads } = this.options
    const { model, found } = await this.look(typed)
    if (model.standing !== 'ready') throw new NeiroError('MODEL_COMING', { model: model.id })
    const { licence } = model
    if (licence.duties.length > 0 && licence.agreedOn === null && licence.key !== null) {
      if (agreed !== licence.key)
        throw new NeiroError('LICENCE_NOT_AGREED', { model: model.id, licence: licence.name })
      await agreements.agree(licence.key)
    }
    return downloads.start(found)
  }
}
