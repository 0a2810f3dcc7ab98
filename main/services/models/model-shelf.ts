// The models of this machine: the built-in starter first, then the folders that the user added. Folders stay
// where they are; only their places are remembered (models.json of the data folder).
import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { ModelInfo } from '../../../addon/index'
import { NeiroError, type NeiroErrorData } from '../../contract/errors'
import type { TrainerCaller } from '../../contract/trainer-protocol'
import { starterId } from '../../contract/window/projects'
import type { ModelCard } from '../../contract/window/training'
import { inFolderTurn } from '../../files/folder-turn'
import { writeFileWhole } from '../../files/whole-file'
import { doubtsOf } from './doubts'
import { isEncoder, writes } from './families'
import { loneGguf, modelNotReadable } from './model-files'
import { layerNamesOf } from './layer-names'
import { fetchedLicence } from './origins'
import { readModel, type Model } from './read-model'
import type { ModelTexts } from '../tokens/model-texts'

export interface ShelfOptions {
  /** the data folder: its models.json is the list */
  readonly home: string
  readonly starterModelDir: string
  readonly engine: TrainerCaller
  readonly modelTexts: ModelTexts
}

export class ModelShelf {
  /** cards by folder, with the time of what they were read from */
  readonly #cards = new Map<string, { readonly changed: number; readonly card: ModelCard }>()
  readonly #takenOff = new Map<string, { readonly dir: string; readonly at: number }>()
  /** ids of folders that were moved: those of where they were first */
  readonly #ids = new Map<string, string>()
  #changes: Promise<unknown> = Promise.resolve()

  constructor(private readonly options: ShelfOptions) {}

  get #file(): string {
    return join(this.options.home, 'models.json')
  }

  async list(): Promise<readonly ModelCard[]> {
    const dirs = [this.options.starterModelDir, ...(await this.#dirs())]
    const cards: ModelCard[] = []
    // one after the other: a large tokenizer takes all processors
    for (const dir of dirs) cards.push(await this.#card(dir))
    return cards
  }

  /** place: a folder, a GGUF file, or the folder around one. Throws what is wrong with one that cannot be used. */
  async add(place: string): Promise<ModelCard> {
    const dir = (await loneGguf(place)) ?? place
    await this.options.modelTexts.tryAgain(dir)
    const card = await this.#card(dir)
    if (card.error) throw NeiroError.fromData(card.error)
    if (dir !== this.options.starterModelDir)
      await this.#change((dirs) => [...dirs.filter((other) => other !== dir), dir])
    return card
  }

  /** Off the list; the folder stays. Until the app ends, restore puts it back. */
  async remove(id: string): Promise<void> {
    const dir = await this.dirOf(id)
    await this.#change((dirs) => {
      this.#takenOff.set(id, { dir, at: dirs.indexOf(dir) })
      return dirs.filter((other) => other !== dir)
    })
  }

  /** Back to its place on the list, also a folder that cannot be used. */
  async restore(id: string): Promise<void> {
    const taken = this.#takenOff.get(id)
    if (!taken) throw gone()
    await this.#change((dirs) => {
      const others = dirs.filter((dir) => dir !== taken.dir)
      return [...others.slice(0, taken.at), taken.dir, ...others.slice(taken.at)]
    })
    this.#takenOff.delete(id)
  }

  async dirOf(id: string): Promise<string> {
    if (id === starterId) return this.options.starterModelDir
    const dir = (await this.#dirs()).find((dir) => this.#idOf(dir) === id)
    if (dir !== undefined) return dir
    throw gone()
  }

  async modelOf(id: string): Promise<Model> {
    return readModel(await this.dirOf(id), this.options.modelTexts)
  }

  /** Ids by folder, of those on the list. */
  async ids(): Promise<ReadonlyMap<string, string>> {
    return new Map((await this.#dirs()).map((dir) => [dir, this.#idOf(dir)]))
  }

  /** The folder's name, without reading it. */
  async nameOf(id: string): Promise<string | null> {
    const dir = await this.dirOf(id).catch(() => null)
    if (dir === null) return null
    return (
      this.#cards.get(dir)?.card.name ??
      (await readModel(dir, this.options.modelTexts).catch(() => null))?.name ??
      null
    )
  }

  /** What of a model is only half known, also of one that is on no list. */
  async doubtsOf(model: Model, head: 'language' | 'score'): Promise<readonly NeiroErrorData[]> {
    const { engine, modelTexts } = this.options
    const info = await engine.call('inspectModel', { modelDir: model.dir })
    return doubtsOf(info, (await modelTexts.get(model)).marks, model, head).map((doubt) => doubt.toData())
  }

  /** Off the list by its folder, which may be gone. */
  async removeDir(dir: string): Promise<void> {
    await this.#change((dirs) => dirs.filter((other) => other !== dir))
  }

  /** Folders that were moved keep their ids: what projects have chosen stays chosen. */
  async moveDirs(places: ReadonlyMap<string, string>): Promise<void> {
    await this.#change((dirs) => {
      for (const [from, to] of places) this.#ids.set(to, this.#idOf(from))
      return dirs.map((dir) => places.get(dir) ?? dir)
    })
  }

  #idOf(dir: string): string {
    if (dir === this.options.starterModelDir) return starterId
    return this.#ids.get(dir) ?? idOfDir(dir)
  }

  async #dirs(): Promise<readonly string[]> {
    try {
      const stored: unknown = JSON.parse(await readFile(this.#file, 'utf8'))
      if (!Array.isArray(stored)) return []
      return (stored as readonly unknown[]).flatMap((entry) => {
        if (typeof entry === 'string') return [entry]
        const { dir, id } = (entry ?? {}) as { readonly dir?: unknown; readonly id?: unknown }
        if (typeof dir !== 'string' || typeof id !== 'string') return []
        this.#ids.set(dir, id)
        return [dir]
      })
    } catch {
      return []
    }
  }

  #change(change: (dirs: readonly string[]) => readonly string[]): Promise<void> {
    const file = this.#file
    const written = (dir: string): unknown => {
      const id = this.#ids.get(dir)
      return id === undefined ? dir : { dir, id }
    }
    // another Neiro may have the same list
    const changed = this.#changes.then(() =>
      inFolderTurn(dirname(file), async () =>
        writeFileWhole(file, `${JSON.stringify(change(await this.#dirs()).map(written), null, 2)}\n`)
      )
    )
    this.#changes = changed.catch(() => undefined)
    return changed
  }

  async #card(dir: string): Promise<ModelCard> {
    const changed = await lastChange(dir)
    const known = this.#cards.get(dir)
    if (known?.changed === changed) return known.card
    const card = await this.#read(dir)
    // a failure may be gone the next time (a drive that was not connected)
    if (!card.error) this.#cards.set(dir, { changed, card })
    return card
  }

  async #read(dir: string): Promise<ModelCard> {
    const place = { id: this.#idOf(dir), builtIn: dir === this.options.starterModelDir, shownPath: dir }
    try {
      const model = await readModel(dir, this.options.modelTexts)
      const modelText = await this.options.modelTexts.get(model)
      const info = await this.options.engine.call('inspectModel', { modelDir: dir })
      const head = isEncoder(model.modelType) ? 'score' : 'language'
      // who only reads may fold what it reads
      const losesCharacters = head === 'score' ? [] : await modelText.losesCharacters()
      const doubts = doubtsOf(info, modelText.marks, model, head).map((doubt) => doubt.toData())
      return {
        ...place,
        ...factsOf(model, info, await layerNamesOf(dir)),
        licence: model.licence ?? (await fetchedLicence(this.options.home, dir)),
        losesCharacters,
        doubts,
        error: null
      }
    } catch (error) {
      // one folder that fails, however it does, leaves the others on the list
      const said = error instanceof NeiroError ? error : modelNotReadable(dir, error)
      return { ...place, ...unknownFacts, name: basename(dir), error: said.toData() }
    }
  }
}

const idOfDir = (dir: string): string => createHash('sha256').update(dir).digest('hex').slice(0, 16)

const gone = (): NeiroError => new NeiroError('MODEL_GONE')

function factsOf(
  model: Model,
  info: ModelInfo,
  layers: readonly string[]
): Omit<ModelCard, 'id' | 'builtIn' | 'shownPath' | 'licence' | 'losesCharacters' | 'doubts' | 'error'> {
  return {
    name: model.name,
    family: model.modelType,
    parameters: info.parameters,
    sizeBytes: model.sizeBytes,
    storedDtype: model.storedDtype,
    languages: model.languages,
    hasTemplate: model.chatTemplate !== null,
    writes: writes(model.modelType, model.config),
    maxPositionEmbeddings: model.maxPositionEmbeddings,
    layers
  }
}

const unknownFacts = {
  family: '',
  parameters: 0,
  sizeBytes: 0,
  storedDtype: '',
  licence: null,
  languages: [],
  hasTemplate: false,
  writes: true,
  losesCharacters: [],
  doubts: [],
  maxPositionEmbeddings: 0,
  layers: []
} as const

/** Of what a card is read from; 0 where nothing is. */
async function lastChange(dir: string): Promise<number> {
  const names = [
    '',
    'config.json',
    'tokenizer.json',
    'README.md',
    'model.safetensors',
    'chat_template.jinja',
    'tokenizer_config.json'
  ]
  const times = await Promise.all(
    names.map((name) =>
      stat(join(dir, name)).then(
        (info) => info.mtimeMs,
        () => 0
      )
    )
  )
  return times.reduce((sum, time) => sum + time, 0)
}
