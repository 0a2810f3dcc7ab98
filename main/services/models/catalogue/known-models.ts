// The catalogue as the window and the command line ask it: its entries with what is here already, and the plan of a model
// from its shape alone.
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { NeiroError } from '../../../contract/errors'
import type { CatalogueEntry, LicenceView, Suggestion } from '../../../contract/window/models'
import type { ModelPlan } from '../../../contract/window/training'
import { remove } from '../../../files/moving'
import type { Agreements } from '../agreements'
import { isEncoder } from '../families'
import { readCatalogue, standingOf, type Catalogue, type KnownModel } from './catalogue'
import { licenceOf } from './licences'
import { writeShapeFolder } from './shape-folder'
import { suggest, type Wanted } from './suggest'

/** What a training on a folder takes, with the data of a project. textOf: the model on the shelf whose tokens are counted;
 *  absent: the starter's, which are about as many. */
export type PlanFolder = (
  dir: string,
  maxPositions: number,
  project: string,
  textOf?: string
) => Promise<ModelPlan>

export interface KnownModelsOptions {
  /** catalogue.json */
  readonly file: string
  readonly agreements: Agreements
  /** ids of the hub that are on this machine, with their ids on the shelf */
  readonly here: () => Promise<ReadonlyMap<string, string>>
  readonly planFolder: PlanFolder
}

export class KnownModels {
  #catalogue: Promise<Catalogue> | null = null
  /** one plan after the other: a shape has one place */
  #planning: Promise<unknown> = Promise.resolve()

  constructor(private readonly options: KnownModelsOptions) {}

  catalogue(): Promise<Catalogue> {
    return (this.#catalogue ??= readCatalogue(this.options.file))
  }

  async entries(): Promise<readonly CatalogueEntry[]> {
    const catalogue = await this.catalogue()
    const here = await this.options.here()
    const agreed = await this.options.agreements.days()
    return catalogue.models.map((model) => ({
      id: model.id,
      name: model.name,
      maker: model.maker,
      use: model.use,
      standing: standingOf(model),
      writes: !isEncoder(model.family),
      parameters: model.parameters,
      sizeBytes: model.sizeBytes,
      licence: licenceOf(model.licence, catalogue.licences, agreed),
      languages: model.languages,
      languageCount: model.languageCount ?? null,
      contextLength: model.contextLength,
      thinking: model.thinking,
      gated: model.gated,
      released: model.released,
      modelId: here.get(model.id.toLowerCase()) ?? null
    }))
  }

  /** Of a model of the catalogue, else as its card on the hub states it. */
  async licenceOf(id: string, code: string | null): Promise<LicenceView> {
    const { licences } = await this.catalogue()
    const known = await this.find(id)
    return licenceOf(known?.licence ?? code, licences, await this.options.agreements.days())
  }

  async find(id: string): Promise<KnownModel | null> {
    const { models } = await this.catalogue()
    return models.find((model) => model.id.toLowerCase() === id.toLowerCase()) ?? null
  }

  /** Throws NO_SHAPE where its shape is not known. */
  async plan(id: string, project: string): Promise<ModelPlan> {
    const model = await this.find(id)
    if (!model) throw new NeiroError('NO_SHAPE', { model: id })
    return this.#plan(model, project)
  }

  async suggest(project: string, wanted: Wanted): Promise<Suggestion | null> {
    return suggest(await this.catalogue(), wanted, (model) => this.#plan(model, project))
  }

  #plan(model: KnownModel, project: string): Promise<ModelPlan> {
    const planned = this.#planning.then(async () => {
      const dir = await mkdtemp(join(tmpdir(), 'neiro-shape-'))
      try {
        await writeShapeFolder(dir, model, await this.catalogue())
        // where it is here, its own tokens are counted
        const here = (await this.options.here()).get(model.id.toLowerCase())
        return await this.options.planFolder(dir, model.contextLength ?? 8192, project, here)
      } finally {
        await remove(dir).catch(() => undefined)
      }
    })
    this.#planning = planned.catch(() => undefined)
    return planned
  }
}
