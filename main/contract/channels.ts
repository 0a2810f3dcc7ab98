// The one map of what the window may ask (calls) and what it is told (events). The preload, the WebSocket
// server, the checks of arguments and the renderer's api are all made from it.
import type { AdviceCalls, AdviceView } from './advice'
import type { AskingCalls } from './window/asking'
import type { NeiroErrorData } from './errors'
import type { MetricLine } from './records'
import type { LeakCalls, LeakView } from './leak'
import type { SweepCalls, SweepView } from './sweep'
import type { AugmentProgress } from './augmentation'
import type { AppCalls, AppSettings, FileRef } from './window/app'
import type { AugmentCalls } from './window/augment'
import type { CheckUpCalls } from './window/check-up'
import type { DataCalls } from './window/data'
import type { ElsewhereCalls } from './window/elsewhere'
import type { FetchView, ModelCalls, StoreMoving } from './window/models'
import type { HandedCalls } from './window/handed'
import type { ProjectCalls } from './window/projects'
import type { OllamaProgress, ProgramCalls } from './window/programs'
import type { ChatChunk, Evaluation, ExportRecord, ResultCalls } from './window/results'
import type { ApiState, ServingCalls } from './window/serving'
import type { SortingCalls } from './window/sorting'
import type { StorageCalls, StorageView } from './window/storage'
import type { RunView, TrainingCalls } from './window/training'
import type { UpdateCalls, UpdateView } from './window/updates'

export type Calls = AppCalls &
  HandedCalls &
  UpdateCalls &
  StorageCalls &
  ProjectCalls &
  DataCalls &
  CheckUpCalls &
  AugmentCalls &
  ModelCalls &
  TrainingCalls &
  SweepCalls &
  ElsewhereCalls &
  ResultCalls &
  AskingCalls &
  AdviceCalls &
  LeakCalls &
  ServingCalls &
  SortingCalls &
  ProgramCalls
export type CallName = keyof Calls

/** What main tells the window. Thinned in main/ipc/publish.ts: at most a few a second per kind. */
export interface Events {
  'settings.changed': AppSettings
  'machine.changed': null
  'updates.changed': UpdateView
  'storage.changed': StorageView
  /** something waits for files.takeHanded */
  'files.handed': null
  'projects.changed': null
  /** the set of a project is another one now; changes so far tell whether a window knows it already, since events come
   *  late and together */
  'data.changed': { project: string; changes: number }
  'models.changed': null
  'fetch.changed': FetchView
  'store.moving': StoreMoving
  'data.progress': { project: string; file: string; done: number; total: number }
  'run.changed': RunView
  'sweep.changed': SweepView
  'run.metrics': { run: string; lines: readonly MetricLine[] }
  'evaluation.progress': Evaluation
  'advice.progress': AdviceView
  'leak.progress': LeakView
  'augment.progress': AugmentProgress
  /** rows of a file that is being sorted */
  'sorting.progress': { run: string; done: number; total: number }
  'chat.chunk': ChatChunk
  'export.changed': ExportRecord
  'api.changed': ApiState
  'ollama.changed': OllamaProgress
}
export type EventName = keyof Events

/** Every reply: a value, or an error as data. Errors lose their class on the way. */
export type Result<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: NeiroErrorData }

// Names as values, checked for completeness by type: the preload and the gate are made from these lists.
const callTable: Record<CallName, true> = {
  'app.info': true,
  'app.sampleAnswers': true,
  'app.setSettings': true,
  'app.seenIn': true,
  'app.log': true,
  'updates.get': true,
  'updates.look': true,
  'updates.fetch': true,
  'updates.cancel': true,
  'updates.install': true,
  'files.choose': true,
  'files.browse': true,
  'files.makeFolder': true,
  'files.show': true,
  'files.takeHanded': true,
  'storage.get': true,
  'storage.move': true,
  'storage.cancel': true,
  'storage.emptyOld': true,
  'storage.useStandard': true,
  'projects.list': true,
  'projects.create': true,
  'projects.open': true,
  'projects.get': true,
  'projects.update': true,
  'projects.remove': true,
  'projects.restore': true,
  'projects.bin': true,
  'projects.lost': true,
  'projects.forget': true,
  'projects.relocate': true,
  'data.add': true,
  'data.cancel': true,
  'data.get': true,
  'data.removeFile': true,
  'data.setOverrides': true,
  'data.setNormalisation': true,
  'data.editExample': true,
  'data.changeRows': true,
  'data.putRight': true,
  'data.emptyCopies': true,
  'data.undo': true,
  'data.redo': true,
  'data.rows': true,
  'data.source': true,
  'data.refused': true,
  'data.refusedFile': true,
  'data.preview': true,
  'data.histogram': true,
  'checkUp.get': true,
  'checkUp.cancel': true,
  'checkUp.repair': true,
  'checkUp.setChoices': true,
  'checkUp.personal': true,
  'checkUp.personalFile': true,
  'models.list': true,
  'models.add': true,
  'models.remove': true,
  'models.restore': true,
  'models.plan': true,
  'models.catalogue': true,
  'models.suggest': true,
  'models.planEntry': true,
  'models.look': true,
  'models.fetch': true,
  'models.pauseFetch': true,
  'models.resumeFetch': true,
  'models.cancelFetch': true,
  'models.fetches': true,
  'models.found': true,
  'models.addFound': true,
  'models.deleteFiles': true,
  'models.hub': true,
  'models.setHub': true,
  'models.setToken': true,
  'models.moveStore': true,
  'models.emptyStore': true,
  'train.presets': true,
  'train.plan': true,
  'train.program': true,
  'train.agreeProgram': true,
  'train.judges': true,
  'train.questions': true,
  'asking.ofEvaluation': true,
  'asking.ofChat': true,
  'asking.endChat': true,
  'asking.deploy': true,
  'runs.startRun': true,
  'runs.list': true,
  'runs.get': true,
  'runs.curves': true,
  'runs.answers': true,
  'runs.pauseRun': true,
  'runs.resumeRun': true,
  'runs.stopRun': true,
  'runs.rename': true,
  'runs.remove': true,
  'runs.restore': true,
  'runs.bin': true,
  'runs.scores': true,
  'runs.differences': true,
  'elsewhere.allowed': true,
  'elsewhere.look': true,
  'elsewhere.agree': true,
  'elsewhere.refuse': true,
  'elsewhere.key': true,
  'elsewhere.keys': true,
  'elsewhere.setKey': true,
  'elsewhere.takeBack': true,
  'sweep.get': true,
  'sweep.start': true,
  'sweep.resume': true,
  'sweep.cancel': true,
  'evaluation.start': true,
  'evaluation.get': true,
  'evaluation.seen': true,
  'evaluation.memory': true,
  'evaluation.cancel': true,
  'advice.get': true,
  'advice.start': true,
  'advice.cancel': true,
  'augment.preview': true,
  'augment.apply': true,
  'augment.cancel': true,
  'leak.get': true,
  'leak.start': true,
  'leak.cancel': true,
  'evaluation.pairs': true,
  'evaluation.result': true,
  'evaluation.forbid': true,
  'evaluation.ballot': true,
  'evaluation.vote': true,
  'evaluation.takeBack': true,
  'evaluation.dropBallot': true,
  'sorting.labels': true,
  'sorting.report': true,
  'sorting.rows': true,
  'sorting.try': true,
  'sorting.look': true,
  'sorting.file': true,
  'sorting.stop': true,
  'evaluation.tally': true,
  'evaluation.ballotFile': true,
  'evaluation.takeVotes': true,
  'evaluation.learnVotes': true,
  'evaluation.report': true,
  'chat.ask': true,
  'chat.cancel': true,
  'exports.start': true,
  'exports.list': true,
  'exports.cancel': true,
  'api.get': true,
  'api.start': true,
  'api.stop': true,
  'api.renewKey': true,
  'programs.find': true,
  'ollama.plan': true,
  'ollama.create': true,
  'ollama.cancel': true,
  'lmStudio.put': true
}
const eventTable: Record<EventName, true> = {
  'settings.changed': true,
  'machine.changed': true,
  'updates.changed': true,
  'storage.changed': true,
  'files.handed': true,
  'projects.changed': true,
  'data.changed': true,
  'models.changed': true,
  'fetch.changed': true,
  'store.moving': true,
  'data.progress': true,
  'run.changed': true,
  'run.metrics': true,
  'sweep.changed': true,
  'evaluation.progress': true,
  'advice.progress': true,
  'leak.progress': true,
  'augment.progress': true,
  'sorting.progress': true,
  'chat.chunk': true,
  'export.changed': true,
  'api.changed': true,
  'ollama.changed': true
}
export const callNames = Object.keys(callTable) as readonly CallName[]
export const eventNames = Object.keys(eventTable) as readonly EventName[]

/** How the window reaches the app. refused: a Neiro that was started anew answers, and knows this window not. */
export type ConnectionState = 'connected' | 'lost' | 'refused'

/** What the preload (or, served, the WebSocket client) puts on window.api. */
export interface Bridge {
  call<C extends CallName>(name: C, args: Calls[C]['args']): Promise<Result<Calls[C]['result']>>
  on<E extends EventName>(name: E, listener: (value: Events[E]) => void): () => void
  /** dropped or picked File objects become references: by path (Electron) or by upload (served) */
  fileRefs(files: readonly File[], watch?: DropWatch): Promise<Result<readonly FileRef[]>>
  /** told at every change, beginning with connected; absent where nothing can be lost (Electron) */
  onConnection?(listener: (state: ConnectionState) => void): () => void
}

/** What a window without paths asks and tells while files are handed over. Functions only: Electron's bridge, which
 *  takes files and folders by their paths and asks none of it, lets nothing else through. */
export interface DropWatch {
  /** what lies in a dropped folder, with the way to each; null for a file. Never rejects */
  inside(file: File): Promise<readonly { readonly path: string; readonly file: File }[] | null>
  /** bytes, of all files together */
  progress(file: string, done: number, total: number): void
  /** one that could not be handed over; the others go on */
  failed(error: NeiroErrorData): void
  /** is given what stops it: nothing is handed over then */
  begun(stop: () => void): void
}
