// The data rooms of all projects: one method for each call of the window, and what training asks for. Calls on
// one project wait for one another; only cancel does not.
import { join } from 'node:path'
import type { Events } from '../../contract/channels'
import { NeiroError } from '../../contract/errors'
import { settingRows } from '../../contract/settings'
import type { DataCalls, DataView } from '../../contract/window/data'
import type { Language } from '../../contract/language'
import type { FileRefs } from '../files/file-refs'
import { readModel, type Model } from '../models/read-model'
import type { EncodeOptions } from '../tokens/cut'
import type { ModelTexts } from '../tokens/model-texts'
import { noData } from '../reading/file-errors'
import { chosenFiles } from './read/chosen-files'
import { readAsMeant } from './store/as-meant'
import { addFiles } from './store/add-files'
import { goalOf, isSample, learntOf } from './store/of-project'
import type { Keeper, KeptSet, RowsPage, SetQuestion, SetQuestions } from './set/kept-set'
import { inWords, refusedFileOf, refusedOf, viewOf } from './view/data-view'
import { checkedEdit, checkedMending } from './log/check-edit'
import { histogramOf, longestOf, tooLong } from './view/lengths'
import type { LengthsOfSets } from './view/set-lengths'
import type { Change } from './log/data-log'
import { fingerprintOf, idOf, type LogState } from './log/log-state'
import { mergeOverrides } from './log/merge-overrides'
import { emptyCopies } from './store/removed-copies'
import { ProjectData, type DataProcesses, type Snapshot } from './store/project-data'
import { keepSummary, readSummary } from './store/summary'
import { ReadingProgress } from './view/reading-progress'
import { showExample } from './view/shown-example'
import { rowsKnown } from './read/read-source'
import type { FileReader } from './read/file-reader'

/** The model of a project, for lengths and previews. */
export interface ChosenModel {
  readonly model: Model
  readonly systemPrompt: string
}

export interface DataSetsOptions {
  readonly files: Pick<FileRefs, 'pathOf' | 'letGo'>
  readonly onProgress: (progress: Events['data.progress']) => void
  readonly language: () => Language
  /** null: none was chosen yet, the starter stands in */
  readonly modelOf: (dir: string) => Promise<ChosenModel | null>
  readonly reader: FileReader
  readonly keeper: Keeper
  /** for what is read of projects that lie where nothing can be written */
  readonly spareDir: string
  readonly modelTexts: ModelTexts
  readonly lengths: LengthsOfSets
  readonly starterModelDir: string
  /** resources/sample */
  readonly sampleDir: string
}

/** The arguments of a call and the project's folder; without the project's id, nobody is told of progress. */
type In<C extends keyof DataCalls> = Omit<DataCalls[C]['args'], 'project'> & {
  readonly dir: string
  readonly project?: string
}
type Out<C extends keyof DataCalls> = Promise<DataCalls[C]['result']>

interface Room {
  readonly data: ProjectData
  /** the last call on it, done or not */
  last: Promise<unknown>
  /** stops what is being read for the user just now */
  reading: AbortController | null
}

const mostRead = 3
const sampleName = 'support-desk.jsonl'

export class DataSets {
  readonly #rooms = new Map<string, Room>()
  #starter: Promise<ChosenModel> | null = null

  constructor(private readonly options: DataSetsOptions) {}

  get({ dir, project = '' }: In<'data.get'>): Out<'data.get'> {
    return this.#changed(dir, project, async () => {})
  }

  /** Cancelled, the set is what it was before. What was uploaded for it is not kept a second time. */
  async add({ dir, project = '', fileIds }: In<'data.add'>): Out<'data.add'> {
    const { files } = this.options
    try {
      return await this.#changed(dir, project, async (room) => {
        await this.#sampleFirst(dir, room, project)
        await this.#untilCancelled(room, async (signal) => {
          const chosen = await chosenFiles(fileIds.map((id) => files.pathOf(id)))
          const watch = this.#watch(project, chosen.files.length, signal)
          const before = new Set((await room.data.state()).files.map(idOf))
          await addFiles(room.data, chosen, watch)
          await readAsMeant(room.data, (await goalOf(dir)).shape, before, watch)
        })
      })
    } finally {
      // a file that cannot be deleted just now goes with the day's uploads
      await files.letGo(fileIds).catch(() => undefined)
    }
  }

  async cancel({ dir }: In<'data.cancel'>): Out<'data.cancel'> {
    this.#rooms.get(dir)?.reading?.abort()
    return null
  }

  removeFile({ dir, project = '', file }: In<'data.removeFile'>): Out<'data.removeFile'> {
    return this.#changed(dir, project, async (room) => {
      await this.#sampleFirst(dir, room, project)
      await room.data.change(({ files }) => {
        if (!files.some((one) => idOf(one) === file)) throw fileGone()
        return { kind: 'remove', file }
      })
    })
  }

  /** Another reading of a file. One that leaves nothing to correct is refused, and the set stays as it was. */
  setOverrides({ dir, project = '', file, overrides }: In<'data.setOverrides'>): Out<'data.setOverrides'> {
    return this.#changed(dir, project, async (room) => {
      const { state } = await this.#snapshot(dir, room, project)
      const known = sourceOf(state, file)
      const wanted = mergeOverrides(known.overrides, overrides)
      if (JSON.stringify(wanted) === JSON.stringify(known.overrides)) return
      await this.#untilCancelled(room, async (signal) => {
        const read = await room.data.readFile(known.source, wanted, this.#watch(project, 1, signal))
        if (read.head.error && read.head.columns.length === 0) throw read.head.error
        await room.data.change(() => ({ kind: 'overrides', file, overrides: wanted }))
      })
    })
  }

  setNormalisation(args: In<'data.setNormalisation'>): Out<'data.setNormalisation'> {
    const { dir, project = '', kind, applied } = args
    return this.#changed(dir, project, async (room) => {
      await room.data.change(({ normalisations }) =>
        normalisations.includes(kind) === applied
          ? null
          : { kind: 'normalisation', normalisation: kind, applied }
      )
    })
  }

  editExample({ dir, project = '', index, ...edit }: In<'data.editExample'>): Out<'data.editExample'> {
    return this.#changed(dir, project, async (room) => {
      const { set } = await this.#snapshot(dir, room, project)
      const change = checkedEdit(await set.ask('example', { index }), edit)
      if (change) await room.data.change(() => change)
    })
  }

  /** Makes an example of a refused row. */
  putRight({ dir, project = '', file, sheet, row, ...words }: In<'data.putRight'>): Out<'data.putRight'> {
    return this.#changed(dir, project, async (room) => {
      const { set } = await this.#snapshot(dir, room, project)
      const source = { row, ...(sheet !== null && { sheet }) }
      const found = await set.ask('refusedRow', { file, sheet, row })
      const change = checkedMending(found, { file, source, ...words })
      await room.data.change(() => change)
    })
  }

  /** The copies of files that were removed. */
  emptyCopies({ dir, project = '' }: In<'data.emptyCopies'>): Out<'data.emptyCopies'> {
    return this.#changed(dir, project, async ({ data }) => {
      await emptyCopies({ sources: data.sources, change: (decide) => data.change(decide) })
      await data.emptyKept()
    })
  }

  /** Only ever the last change, for what was made since hangs on it; but a repair, on which nothing does. */
  undo({ dir, project = '', entry }: In<'data.undo'>): Out<'data.undo'> {
    return this.#changed(dir, project, async (room) => {
      await room.data.change(({ last, repairs }) => {
        if (last?.n !== entry && !repairs.some((one) => one.entry === entry)) throw notTheLast()
        return { kind: 'undo', entry }
      })
    })
  }

  /** What was taken back last, as long as nothing else was done since. */
  redo({ dir, project = '', entry }: In<'data.redo'>): Out<'data.redo'> {
    return this.#changed(dir, project, async (room) => {
      await room.data.change(({ takenBack }) => {
        if (takenBack?.by !== entry) throw notTheLast()
        return { kind: 'undo', entry }
      })
    })
  }

  async rows({ dir, project = '', ...page }: In<'data.rows'> & Pick<RowsPage, 'indices'>): Out<'data.rows'> {
    return this.#ask(dir, project, 'rows', page)
  }

  async refused({ dir, project = '', offset, limit }: In<'data.refused'>): Out<'data.refused'> {
    const { total, rows } = await refusedOf(await this.#look(dir, project), { offset, limit })
    const language = this.options.language()
    return { total, rows: rows.map((row) => inWords(row, language)) }
  }

  async refusedFile({ dir, project = '' }: In<'data.refusedFile'>): Out<'data.refusedFile'> {
    return refusedFileOf(await this.#look(dir, project), this.options.language())
  }

  async source({ dir, project = '', file, offset, limit }: In<'data.source'>): Out<'data.source'> {
    const { state, files, pathOf } = await this.#look(dir, project)
    const { source, overrides } = sourceOf(state, file)
    const read = files.find(({ id }) => id === file)
    const place = { path: pathOf(source), name: source.name }
    const page = { offset, limit, known: read ? rowsKnown(read) : null }
    return this.options.reader.sourceRows(place, overrides, page, this.options.language())
  }

  async preview({ dir, project = '', file, index }: In<'data.preview'>): Out<'data.preview'> {
    const found = await this.#ask(dir, project, 'shown', { file, at: index })
    if (!found) throw noData()
    return showExample(found.shown, { index: found.at, count: found.count }, await this.#encoding(dir))
  }

  async histogram({ dir, project = '', maxSeqLength }: In<'data.histogram'>): Out<'data.histogram'> {
    const { set } = await this.#look(dir, project)
    const lengths = await this.options.lengths.of(set, await this.#encoding(dir))
    return histogramOf(longestOf(lengths, await goalOf(dir)), maxSeqLength)
  }

  /** What there is to learn from. Throws NO_DATA. */
  async learntSet(dir: string): Promise<KeptSet> {
    const { set } = await this.#look(dir, '')
    if (set.facts.examples === 0) throw noData()
    return set
  }

  /** The same as long as the examples are; reads the log alone. */
  fingerprintOf(dir: string): Promise<string> {
    return this.#in(dir, async (room) => {
      await this.#sampleFirst(dir, room, '')
      return fingerprintOf(await room.data.state())
    })
  }

  /** What the check-up is told. Reads the log alone. */
  readonly choicesOf = (dir: string): Promise<LogState['choices']> =>
    this.#in(dir, async (room) => (await room.data.state()).choices)

  /** Is there anything in the set? Reads the log alone. */
  hasData(dir: string): Promise<boolean> {
    return this.#in(dir, async (room) => {
      if (await room.data.isNew()) return isSample(dir)
      return (await room.data.state()).files.some(({ kind }) => kind === 'source')
    })
  }

  /** How many examples the project learns from; null before the first file. Remembered beside the log, so that a list of
   *  projects need not read them all. */
  async countOf(dir: string): Promise<number | null> {
    if (!(await this.hasData(dir))) return null
    const fingerprint = await this.fingerprintOf(dir)
    const known = await readSummary(dir)
    const goal = await goalOf(dir)
    if (known?.fingerprint === fingerprint) return learntOf(known.kinds, goal)
    return learntOf((await this.#look(dir, '')).set.facts.kinds, goal)
  }

  /** The set as it is in this call's turn. */
  snapshotOf(dir: string): Promise<Snapshot> {
    return this.#look(dir, '')
  }

  /** Writes an entry that another room has decided on, and shows the set after it. */
  entered(dir: string, project: string, decide: (state: LogState) => Change): Promise<DataView> {
    return this.#changed(dir, project, (room) => room.data.change(decide))
  }

  /** Places in the order of the set of the examples whose end is cut off at the usual limit. */
  async tooLongOf(dir: string): Promise<Uint32Array> {
    const { set } = await this.#look(dir, '')
    if (set.facts.examples === 0) return new Uint32Array(0)
    const encoding = await this.#encoding(dir)
    const { maxSeqLength } = encoding
    const lengths = await this.options.lengths.upTo(maxSeqLength, set, encoding)
    return tooLong(lengths, await goalOf(dir), maxSeqLength)
  }

  /** One call on a project after another. */
  #in<T>(dir: string, work: (room: Room) => Promise<T>): Promise<T> {
    const room = this.#rooms.get(dir) ?? newRoom(dir, this.options)
    // the newest is the last one; what was read for projects that nobody has looked at for long is let go
    this.#rooms.delete(dir)
    this.#rooms.set(dir, room)
    for (const old of [...this.#rooms.values()].slice(0, -mostRead)) {
      old.data.forget()
    }
    const result = room.last.then(() => work(room))
    room.last = result.catch(() => undefined)
    return result
  }

  async #untilCancelled(room: Room, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const reading = (room.reading = new AbortController())
    try {
      await work(reading.signal)
    } catch (error) {
      if (!reading.signal.aborted) throw error
    } finally {
      room.reading = null
    }
  }

  #watch(project: string, files: number, signal?: AbortSignal): ReadingProgress {
    return new ReadingProgress(project, files, this.options.onProgress, signal)
  }

  /** A change and what the set is after it. */
  async #changed(dir: string, project: string, change: (room: Room) => Promise<void>): Promise<DataView> {
    const snapshot = await this.#in(dir, async (room) => {
      await change(room)
      return this.#snapshot(dir, room, project)
    })
    return viewOf(snapshot, await goalOf(dir))
  }

  /** The set as it is in this call's turn. What is counted, searched and encoded in it then holds up no other call. */
  #look(dir: string, project: string): Promise<Snapshot> {
    return this.#in(dir, (room) => this.#snapshot(dir, room, project))
  }

  /** Asks the set as it is in this call's turn. */
  async #ask<Q extends SetQuestion>(
    dir: string,
    project: string,
    question: Q,
    args: SetQuestions[Q]['args']
  ): Promise<SetQuestions[Q]['result']> {
    for (;;) {
      const { set } = await this.#look(dir, project)
      try {
        return await set.ask(question, args)
      } catch (error) {
        if (!(await this.#in(dir, ({ data }) => data.mends(error)))) throw error
      }
    }
  }

  async #snapshot(dir: string, room: Room, project: string): Promise<Snapshot> {
    await this.#sampleFirst(dir, room, project)
    const snapshot = await room.data.snapshot((files) => this.#watch(project, files))
    const { fingerprint, set } = snapshot
    await keepSummary(dir, { fingerprint, kinds: set.facts.kinds })
    return snapshot
  }

  /** A project that was begun with the built-in sample has it as its first file. */
  async #sampleFirst(dir: string, room: Room, project: string): Promise<void> {
    if (!(await room.data.isNew()) || !(await isSample(dir))) return
    const path = join(this.options.sampleDir, sampleName)
    const files = [{ kind: 'file', path, name: sampleName, sample: true }] as const
    await addFiles(room.data, { files, leftOut: [] }, this.#watch(project, 1))
  }

  async #chosen(dir: string): Promise<ChosenModel> {
    const chosen = await this.options.modelOf(dir)
    if (chosen) return chosen
    const { starterModelDir } = this.options
    this.#starter ??= readModel(starterModelDir).then((model) => ({ model, systemPrompt: '' }))
    this.#starter.catch(() => (this.#starter = null))
    return this.#starter
  }

  async #encoding(dir: string): Promise<EncodeOptions> {
    const { model, systemPrompt } = await this.#chosen(dir)
    return {
      modelText: await this.options.modelTexts.get(model),
      maxSeqLength: Math.min(settingRows.maxSeqLength.default, model.maxPositionEmbeddings),
      lossOn: 'responses',
      ...(systemPrompt !== '' && { systemPrompt })
    }
  }
}

function newRoom(dir: string, processes: DataProcesses): Room {
  return { data: new ProjectData(dir, processes), last: Promise.resolve(), reading: null }
}

/** Throws DATA_FILE_GONE; a file that could not be copied has no source either. */
function sourceOf({ files }: LogState, id: string): Extract<LogState['files'][number], { kind: 'source' }> {
  const found = files.find((file) => file.kind === 'source' && file.source.id === id)
  if (found?.kind !== 'source') throw fileGone()
  return found
}

function notTheLast(): NeiroError {
  return new NeiroError('NOT_THE_LAST_CHANGE')
}

function fileGone(): NeiroError {
  return new NeiroError('DATA_FILE_GONE')
}
