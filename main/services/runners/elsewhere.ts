// Trainings elsewhere, for every door: what would leave this machine is made and said, agreed to, kept, and only then handed
// over; what was learnt comes back. Policy first, each time.
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { isCloud, type CloudTerms, type RemotePlace, type Spread } from '../../contract/elsewhere'
import type { CandidateSpec } from '../../contract/candidates'
import { NeiroError } from '../../contract/errors'
import type { Language } from '../../contract/language'
import { runFiles } from '../../contract/run-files'
import type { Job, TrainerCaller } from '../../contract/trainer-protocol'
import type { AllowedPlaces } from '../../contract/window/elsewhere'
import { copyTree } from '../../files/copy-tree'
import { remove } from '../../files/moving'
import { writeFolderWhole } from '../../files/whole-folder'
import { scanPersonal } from '../doctor/personal/scan'
import { isAt } from '../evaluation/candidates'
import type { ModelShelf } from '../models/model-shelf'
import type { Origins } from '../models/origins'
import { readModel, type Model } from '../models/read-model'
import { readRecipe } from '../recipes/recipe'
import { readJob } from '../runs/run-folder'
import { jobOf } from '../runs/run-model'
import type { RunStore } from '../runs/run-store'
import type { RunPlace } from '../runs/run-view'
import type { ModelTexts } from '../tokens/model-texts'
import { takeBack } from './come-home'
import { asker, type AskThere } from './cloud/cloud-answers'
import { CloudRunner } from './cloud/cloud-runner'
import { writeCloudFolder } from './cloud/cloud-folder'
import { cloudLimits, checkAmount } from './cloud/cloud-limits'
import { cloudLeavingOf } from './cloud/cloud-leaving'
import type { WayOut } from './cloud/cloud-fetch'
import type { CloudKeys } from './cloud/cloud-keys'
import { cloudAt, connectTo } from './connect'
import { writeDepartureSheet } from './departure-sheet'
import {
  askedAs,
  elsewhereDir,
  readElsewhere,
  remoteResult,
  writeElsewhere,
  type RemoteResult
} from './elsewhere-file'
import { readTrlRecipe, writeTrainingFolder } from './folder/write-folder'
import { loadOf, type Load } from './folder/scale'
import { departureOf, leavingOf, personalIn, type Leaving } from './leaving'
import { placeName, placeText } from './places'
import { readPolicy } from '../settings/office-policy'
import { allowedBy, checkPolicy } from './policy'
import { RemoteRunner } from './remote-runner'
import type { Runner } from './runner'

export interface ElsewhereOptions {
  readonly store: RunStore
  readonly shelf: ModelShelf
  readonly modelTexts: ModelTexts
  readonly engine: TrainerCaller
  /** a process of the engine for this work alone, while it lasts */
  readonly withEngine: (work: (engine: TrainerCaller) => Promise<void>) => Promise<void>
  readonly origins: Pick<Origins, 'of'>
  readonly places: {
    /** resources/remote */
    readonly remoteDir: string
    readonly policyFile: string
  }
  readonly keys: CloudKeys
  /** to services: they lie outside of the office */
  readonly wayOut: () => Promise<WayOut>
  readonly pollMs?: number
}

export interface Sending {
  readonly to: RemotePlace
  /** the base is there in this folder, or is fetched there under this name of the hub: its weights stay here */
  readonly modelThere?: string | undefined
  /** absent: what fits there is taken */
  readonly spread?: Spread | undefined
  /** to a service */
  readonly cloud?: CloudTerms | undefined
  readonly language: Language
}

/** Weights above this are not copied about without being asked; bytes. */
const mostAlong = 2 ** 31
const usualPollMs = 2000

export class Elsewhere {
  constructor(private readonly options: ElsewhereOptions) {}

  /** Of services: each for one place. */
  get keys(): CloudKeys {
    return this.options.keys
  }

  /** Throws ELSEWHERE_FORBIDDEN before anything is prepared. */
  checkPolicy(to: RemotePlace): Promise<void> {
    return checkPolicy(this.options.places.policyFile, to, { personal: 0 })
  }

  /** What this office allows. Throws POLICY_BROKEN. */
  async allowed(): Promise<AllowedPlaces> {
    return allowedBy(await readPolicy(this.options.places.policyFile))
  }

  /** Makes what would leave, in the run's folder, and says what it is. Throws ELSEWHERE_FORBIDDEN, UNMASKED_FORBIDDEN, and what
   *  the folder cannot say (METHOD_NOT_ELSEWHERE …). */
  async look(place: RunPlace, sending: Sending): Promise<Leaving> {
    const { to, modelThere, spread, language } = sending
    const { places, shelf, modelTexts, origins } = this.options
    const { dir } = place
    const personal = await personalIn(dir)
    await checkPolicy(places.policyFile, to, { personal })
    if (isCloud(to.kind)) return this.#lookCloud(place, sending, personal)
    const job = await jobOf(dir, shelf)
    const model = await readModel(resolve(dir, job.open.modelDir), modelTexts)
    const hub = (await origins.of(model.dir))?.model ?? null
    const along = modelThere === undefined && (hub === null || model.sizeBytes <= mostAlong)
    if (along && model.sizeBytes > mostAlong)
      throw new NeiroError('MODEL_TOO_LARGE_TO_SEND', { model: model.name })
    const run = await this.options.store.view(place)
    await remove(folderIn(dir))
    const written = await writeTrainingFolder({
      ...{ target: folderIn(dir), programsDir: this.options.places.remoteDir, runDir: dir, name: run.name },
      ...{ run: place.id, job, totalSteps: run.totalSteps, model, along, language },
      hub: modelThere ?? hub,
      load: await this.#load(job, model),
      spread: spread ?? null,
      writeStart: (dir) => this.#writeStart(job, dir)
    })
    const recipe = await readRecipe(join(dir, runFiles.recipe))
    return leavingOf({
      ...{ to, recipe: written.recipe, personal, language },
      bytes: written.bytes,
      modelBytes: along ? model.sizeBytes : null,
      hasSystemPrompt: recipe.systemPrompt !== undefined,
      goesOn: existsSync(join(dir, runFiles.start))
    })
  }

  /** The user has read what was said, and agreed: it is kept, and from now on it may leave. Answers with the sheet that says it. */
  async agree(
    place: RunPlace,
    leaving: Leaving,
    { modelThere, spread, cloud }: Pick<Sending, 'modelThere' | 'spread' | 'cloud'> = {}
  ): Promise<string> {
    const known = await readElsewhere(place.dir)
    const recipe = await recipeMark(folderIn(place.dir))
    await writeElsewhere(place.dir, {
      version: 1,
      place: leaving.to,
      ticket: null,
      modelThere: modelThere ?? null,
      spread: spread ?? null,
      cloud: cloud ?? null,
      departures: [...(known?.departures ?? []), departureOf(leaving, new Date().toISOString())],
      recipe
    })
    return writeDepartureSheet(place.dir, leaving.language)
  }

  /** The folder goes where the user wants it. Throws TARGET_EXISTS. */
  async handOver(place: RunPlace): Promise<string> {
    const known = await readElsewhere(place.dir)
    if (!known) throw new NeiroError('INTERNAL', { reason: 'not agreed to' })
    const target = resolve(known.place.where)
    await writeFolderWhole(target, { replace: false }, (staging) =>
      copyTree(folderIn(place.dir), staging, () => undefined)
    )
    await remove(join(place.dir, elsewhereDir))
    return target
  }

  /** Of a folder that was trained by hand, as it came back. Throws NOT_THIS_RUN, NO_RESULT_YET, RESULT_NOT_WHOLE. */
  async takeBack(folder: string): Promise<RunPlace> {
    const dir = resolve(folder)
    const recipe = await readTrlRecipe(dir)
    if (!recipe) throw new NeiroError('NO_TRAINING_FOLDER', { dir })
    const place = await this.options.store.place(recipe.run).catch(() => null)
    if (!place) throw new NeiroError('NOT_THIS_RUN', { dir, run: recipe.name })
    await takeBack(place.dir, dir)
    return place
  }

  /** Where the run is trained; null: here. */
  async placeOf(place: RunPlace): Promise<RemotePlace | null> {
    return (await readElsewhere(place.dir))?.place ?? null
  }

  /** The model that a service made of it; null: there is none there. */
  resultOf({ dir }: RunPlace): Promise<RemoteResult | null> {
    return remoteResult(dir)
  }

  /** The run whose model a service keeps under this name. Throws NO_MODEL_THERE. */
  async keeperOf(service: CandidateSpec['service']): Promise<{
    readonly dir: string
    readonly there: RemoteResult
  }> {
    for (const { dir } of await this.options.store.places()) {
      const there = await remoteResult(dir).catch(() => null)
      if (there && service && isAt({ place: placeText(there.place), model: askedAs(there) }, service))
        return { dir, there }
    }
    throw new NeiroError('NO_MODEL_THERE')
  }

  /** What somebody writes to a model there. Throws UNMASKED_FORBIDDEN, UNMASKED_NOT_SAID. */
  async mayLeave(place: RemotePlace, text: string, unmasked: boolean): Promise<void> {
    const personal = scanPersonal(text).length > 0 ? 1 : 0
    await checkPolicy(this.options.places.policyFile, place, { personal })
    if (personal > 0 && !unmasked) throw new NeiroError('UNMASKED_NOT_SAID', { rows: '1' })
  }

  /** A model that a service keeps, to be asked by whoever has agreed to what leaves. Throws CLOUD_KEY_NEEDED, ELSEWHERE_FORBIDDEN,
   *  UNMASKED_FORBIDDEN. */
  async askerOf({ place, terms }: RemoteResult, name: string, leaving: Leaving): Promise<AskThere> {
    const { keys, places, wayOut } = this.options
    await checkPolicy(places.policyFile, place, leaving)
    return asker(cloudAt(place, terms, await keys.of(place), await wayOut()), name)
  }

  /** Trains what was agreed to; null: the run is trained here. */
  async runnerOf(place: RunPlace): Promise<Runner | null> {
    const to = await this.placeOf(place)
    return to && (isCloud(to.kind) ? this.#cloudRunner() : this.#machineRunner())
  }

  #machineRunner(): Runner {
    const { store, pollMs = usualPollMs } = this.options
    return new RemoteRunner({ store, connect: connectTo, pollMs, folderOf: (place) => this.#folderOf(place) })
  }

  #cloudRunner(): Runner {
    const { store, keys, wayOut, pollMs = usualPollMs } = this.options
    return new CloudRunner({
      ...{ store, pollMs, folderOf: (place) => this.#folderOf(place) },
      connect: async (place, terms) => cloudAt(place, terms, await keys.of(place), await wayOut())
    })
  }

  /** Throws CLOUD_MODEL_NEEDED, CLOUD_KEY_NEEDED, CLOUD_NO_START, CLOUD_TOO_FEW, CLOUD_FILE_TOO_LARGE, CLOUD_ONLY_CONVERSATIONS,
   *  METHOD_NOT_ELSEWHERE, SETTING_NOT_ELSEWHERE. */
  async #lookCloud(place: RunPlace, { to, cloud, language }: Sending, personal: number): Promise<Leaving> {
    const { dir, id } = place
    const { kind } = to
    if (!isCloud(kind)) throw new NeiroError('INTERNAL', { reason: kind })
    if (!cloud || cloud.model === '') throw new NeiroError('CLOUD_MODEL_NEEDED', { place: placeName(to) })
    // without a key nothing could be sent: better to know it before a million examples are written
    await this.options.keys.of(to)
    if (existsSync(join(dir, runFiles.start)))
      throw new NeiroError('CLOUD_NO_START', { place: placeName(to) })
    const { settings } = await readJob(dir)
    const { systemPrompt = '' } = await readRecipe(join(dir, runFiles.recipe))
    const { name } = await this.options.store.view(place)
    await remove(folderIn(dir))
    const written = await writeCloudFolder({
      ...{ target: folderIn(dir), runDir: dir, run: id, name, kind, terms: cloud, settings, systemPrompt }
    })
    checkAmount(placeName(to), cloudLimits[kind], written.training)
    return cloudLeavingOf({
      to,
      terms: cloud,
      written,
      personal,
      hasSystemPrompt: systemPrompt !== '',
      language
    })
  }

  /** Written anew where it is not there any more: it must be what was agreed to. */
  async #folderOf(place: RunPlace): Promise<string> {
    const known = await readElsewhere(place.dir)
    const dir = folderIn(place.dir)
    if (known && !existsSync(dir))
      await this.look(place, {
        to: known.place,
        modelThere: known.modelThere ?? undefined,
        spread: known.spread ?? undefined,
        cloud: known.cloud ?? undefined,
        language: 'en'
      })
    if (known?.recipe !== (await recipeMark(dir))) throw new NeiroError('OTHER_THAN_AGREED', { dir })
    return dir
  }

  /** A base that does not fit into this machine is begun with other noise there: that is all that is lost. */
  async #writeStart({ open, settings, baseModelName }: Job, dir: string): Promise<void> {
    // what takes directions off the base is written for another rank
    if (open.train?.kind === 'full' || settings.loraStart !== 'noise') return
    try {
      await this.options.withEngine(async (engine) => {
        await engine.call('open', { ...open, maxContext: 0 })
        try {
          await engine.call('saveAdapter', { dir, baseModelName })
        } finally {
          await engine.call('close', undefined)
        }
      })
    } catch (error) {
      await remove(dir)
      if (!(error instanceof NeiroError) || error.code !== 'OUT_OF_MEMORY') throw error
    }
  }

  async #load(job: Job, model: Model): Promise<Load> {
    const { engine } = this.options
    const info = await engine.call('inspectModel', { modelDir: model.dir })
    // what it goes on from has the size of what is planned
    const { adapterDir: _, referenceDir: __, ...plain } = job.open
    const plan = await engine.call('planMemory', { ...plain, device: 'cpu' })
    return loadOf(job, info, plan)
  }
}

const folderIn = (runDir: string): string => join(runDir, elsewhereDir, basename(runDir))

async function recipeMark(folder: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(join(folder, 'recipe.json')))
    .digest('hex')
}
