// The services behind every door (window, server, command line), put together once. Nothing is started and nothing
// is read here.
import { homedir } from 'node:os'
import { join, sep } from 'node:path'
import type { Language } from './contract/language'
import type { Settings } from './contract/settings'
import { windowWords } from './words/window'
import { sweepBelow } from './files/sweep'
import type { Log } from './log'
import type { Places } from './places'
import { DataSets } from './services/dataset/data-sets'
import { LengthsOfSets } from './services/dataset/view/set-lengths'
import { augmentationsHere } from './services/augmenting/augmentations-here'
import { CheckUps } from './services/doctor/check-ups'
import { FileRefs } from './services/files/file-refs'
import { EngineProcess } from './services/engine/engine-process'
import { Machine } from './services/engine/machine'
import { readProjectFile } from './services/projects/project-file'
import { chosenModel } from './services/projects/chosen-model'
import { Handed } from './services/projects/handed-over'
import { Projects } from './services/projects/projects'
import { readRecipe } from './services/recipes/recipe'
import { Chats } from './services/chat/chats'
import { Rating } from './services/rating/rating'
import { SortingDesk } from './services/sorting/desk'
import { Sorting } from './services/sorting/sorting'
import { adviceSubject } from './services/evaluation/advice-subject'
import { Advices } from './services/evaluation/advices'
import { LeakTests } from './services/doctor/leak/leak-tests'
import { Evaluations } from './services/evaluation/evaluations'
import { Turns } from './services/engine/turns'
import { forbiddenOf } from './services/evaluation/forbidden-words'
import { Exports } from './services/exports/exports'
import { Programs } from './services/exports/programs'
import { readData } from './services/dataset/read/read-paths'
import { readGeneralSet } from './services/evaluation/general-questions'
import { sampleCheck } from './services/evaluation/sample-check'
import { longestContext, readTunedModel, resultOf } from './services/runs/tuned-model'
import type { OpenedHow, TunedModel } from './services/runs/tuned-model'
import type { AppSettingsStore } from './services/settings/app-settings'
import { createModelsOfHub } from './services/models/models-of-hub'
import { fileTokenKeeper, type TokenKeeper } from './services/models/token-keeper'
import { Calibration } from './services/engine/calibration'
import { ModelShelf } from './services/models/model-shelf'
import { SmallFiles } from './services/models/small-files'
import { printByBrowser, type PrintPdf } from './services/evaluation/report/print-pdf'
import { Planner } from './services/runs/planner'
import { RunStore } from './services/runs/run-store'
import { AgreedPrograms } from './services/runs/agreed-programs'
import { tokenReader } from './services/runs/token-reader'
import { RunTeller } from './services/runs/run-teller'
import type { RunPlace } from './services/runs/run-view'
import { TokenCounts } from './services/runs/token-counts'
import { ModelTexts } from './services/tokens/model-texts'
import { ModelsSetAside } from './services/tokens/models-set-aside'
import { Training } from './services/runs/training'
import type { Sweeps } from './services/runs/sweeps'
import { sweepsHere } from './services/runs/sweeps-here'
import { RunQueue } from './services/runs/run-queue'
import { AnywhereRunner } from './services/runners/anywhere'
import { cloudKeysOf } from './services/runners/cloud/cloud-keys'
import { Elsewhere } from './services/runners/elsewhere'
import { LocalRunner } from './services/runners/local'
import { TrainerHost, type TrainerHostOptions } from './services/engine/trainer-host'
import { Telling } from './telling'
import { givingWay } from './processes/give-way'
import type { StartProgram } from './processes/child-program'
import { Fetcher } from './fetcher/fetcher'
import { HostedKeeper } from './keeper/hosted-keeper'
import { TwoCheckers } from './keeper/two-checkers'
import { isRunHeld } from './files/run-lock'
import { storageHere } from './services/storage/storage-here'
import { StoragePlace } from './services/storage/storage-place'
import { ApiSwitch } from './api/switch'
import { ApiKey } from './services/serving/api-key'
import { candidatesOf } from './services/serving/candidates'
import { servedSet } from './services/serving/served-models'
import { updateOrigin } from './services/updates/origin'
import { Updates, type Updater } from './services/updates/updates'
import { versionOf } from './version'
import { Workshop } from './workshop/workshop'
import { supportReport } from './services/support/support'
import type { LogReport } from './services/support/log-report'

export interface PartsOptions extends Pick<OpenedHow, 'device'> {
  readonly places: Places
  readonly log: Log
  readonly settings: AppSettingsStore
  /** said for this one command: instead of the settings' */
  readonly threads?: number
  readonly language?: Language
  /** a model that was set aside is tried again where it is named */
  readonly triesModelsAnew?: boolean
  /** what the app is at beside trainings and downloads; absent: nothing */
  readonly busy?: () => boolean
  /** the machine must not sleep while this is true */
  readonly keepAwake: (active: boolean) => void
  /** how trainer processes start; absent: forked */
  readonly startTrainer?: TrainerHostOptions['startProcess']
  /** how other processes of ours are; absent: forked */
  readonly startProgram?: StartProgram | undefined
  /** where the hub's token is kept; absent: in a file of this user's alone */
  readonly tokenKeeper?: TokenKeeper | undefined
  readonly cloudKeyKeeper?: TokenKeeper | undefined
  /** how a page becomes a PDF file; absent: by a browser of this machine */
  readonly printPdf?: PrintPdf | undefined
  /** how new versions are fetched and installed; absent: this is no installed program */
  readonly updater?: Updater | undefined
}

/** a process that nobody asks anything is let go after this long */
const idleMs = 3 * 60_000

export type Parts = ReturnType<typeof createParts>

// The return type is the list below: writing it twice would only add a place to forget.
export function createParts(o: PartsOptions) {
  const { places, settings, device } = o
  const telling = new Telling()
  const { tell } = telling
  const threads = (): number => o.threads ?? settings.current.threads
  const language = (): Language => o.language ?? settings.current.language
  const files = new FileRefs()
  const storage = new StoragePlace(places.neiroHome)
  const projects = new Projects(places.neiroHome, storage)
  const program = (entry: string, name: string) => ({
    ...{ program: entry, start: o.startProgram },
    onLog: (line: string) => o.log('info', `${name}: ${line}`)
  })
  const workshop = new Workshop(program(places.workshopEntry, 'workshop'))
  const keeper = new HostedKeeper(program(places.keeperEntry, 'keeper'))
  const checker = new TwoCheckers(program(places.keeperEntry, 'checker'))
  const smallFiles = new SmallFiles({
    dir: join(places.neiroHome, 'made-files'),
    derive: (place) => workshop.derivedFiles(place)
  })
  const modelTexts = new ModelTexts(
    (source, names, onLost) => workshop.openModelText(source, names, onLost),
    {
      models: new ModelsSetAside(join(places.neiroHome, 'models-set-aside.json')),
      triesAnew: o.triesModelsAnew ?? false
    },
    smallFiles
  )
  const lengths = new LengthsOfSets()
  const dirOf = async (project: string): Promise<string> => (await projects.get(project)).dir
  const handed = new Handed({ files, dirOf, onWaiting: () => tell('files.handed', null) })

  const engine = new EngineProcess({ start: starter(o, 'engine'), idleMs })
  const turns = new Turns(engine)
  const machine = new Machine(engine, o.log)
  const calibration = new Calibration(join(places.neiroHome, 'calibration.json'), engine)
  const shelf = new ModelShelf({
    home: places.neiroHome,
    starterModelDir: places.starterModelDir,
    engine,
    modelTexts
  })

  const data = new DataSets({
    files,
    onProgress: (progress) => tell('data.progress', progress),
    language,
    reader: workshop.reader,
    keeper,
    spareDir: places.spareReadDir,
    modelOf: (dir) => chosenModel(dir, shelf, modelTexts),
    modelTexts,
    lengths,
    starterModelDir: places.starterModelDir,
    sampleDir: places.sampleDir
  })
  const checkUps = new CheckUps({
    data,
    keeper: checker,
    goalOf: async (dir) => (await readProjectFile(dir)).goal,
    language
  })
  const store: RunStore = new RunStore({
    ...{ projects, storage, home: places.neiroHome },
    live: (id) => queue.live(id)
  })
  const runTeller = new RunTeller(store, {
    onView: (view) => tell('run.changed', view),
    onState: () => tell('projects.changed', null),
    log: o.log
  })
  const agreedPrograms = new AgreedPrograms(join(places.neiroHome, 'agreed-programs.json'))
  const runner = new LocalRunner({
    store,
    startTrainer: () => starter(o, 'trainer')().then((host) => givingWay(host, 'training')),
    makeRoom: () => turns.release(),
    readerOf: (dir) => tokenReader(dir, shelf, modelTexts),
    checkProgram: (dir) => agreedPrograms.check(dir),
    keepAwake: o.keepAwake
  })
  const queue = new RunQueue({
    store,
    runner: new AnywhereRunner({
      local: runner,
      remoteOf: (place) => elsewhere.runnerOf(place)
    }),
    onChange: (place) => {
      api.look()
      sweeps.look(place)
      return runTeller.changed(place)
    },
    onLine: ({ id }, line) => tell('run.metrics', { run: id, lines: [line] })
  })
  const planner = new Planner({
    ...{ engine, calibration, threads },
    soonFree: async () => (queue.active ? ((await store.view(queue.active)).memory ?? 0) : 0)
  })
  const training = new Training({
    ...{ projects, shelf },
    counts: new TokenCounts(data, modelTexts, lengths),
    planner,
    store,
    queue,
    modelTexts,
    storage,
    threads,
    language,
    provenSettings: () => settingsOf(join(places.sampleDir, 'recipe.yaml')),
    runName: (preset, number) => `${windowWords[language()].runs.presets[preset]} ${number}`
  })

  const models = createModelsOfHub({
    home: places.neiroHome,
    storage,
    catalogueFile: places.catalogueFile,
    hub: new Fetcher({
      program: places.fetcherEntry,
      start: o.startProgram,
      onLog: (line) => o.log('info', `fetcher: ${line}`)
    }),
    token: o.tokenKeeper ?? fileTokenKeeper(join(places.neiroHome, 'hub-token')),
    shelf,
    files,
    planFolder: (dir, maxPositions, project, textOf) =>
      training.planFolder(dir, maxPositions, project, textOf),
    onFetch: (view) => tell('fetch.changed', view),
    onArrived: () => tell('models.changed', null)
  })

  const elsewhere = new Elsewhere({
    ...{ store, shelf, modelTexts, engine, origins: models.origins, places },
    keys: cloudKeysOf(places.neiroHome, o.cloudKeyKeeper),
    wayOut: async () => ({ ...(await models.settings.stored()), env: process.env }),
    withEngine: (work) => turns.use(null, work, { work: 'export' })
  })
  const opened = async ({ dir }: RunPlace, there: boolean): Promise<TunedModel> =>
    readTunedModel(await resultOf(dir, shelf, { there }), { modelTexts, threads: threads(), device })
  const tuned = (place: RunPlace): Promise<TunedModel> => opened(place, false)
  /** the same, or what is here of one that a service keeps: its base, beside which the service is asked */
  const evaluated = (place: RunPlace): Promise<TunedModel> => opened(place, true)
  const evaluations = new Evaluations({
    turns,
    tuned: evaluated,
    runOf: async (run) => tuned(await store.place(run)),
    figures: (place) => store.figures(place),
    readDocuments: async (paths) => (await readData(paths, {}, workshop.reader)).examples,
    generalSet: () => readGeneralSet(places.generalDir),
    sampleCheck: () => sampleCheck(places.sampleDir),
    onProgress: (evaluation) => tell('evaluation.progress', evaluation),
    language
  })
  const sweeps: Sweeps = sweepsHere({
    ...{ projects, store, queue, training, tuned, turns, language },
    onChange: (view) => tell('sweep.changed', view)
  })
  const sorting = new Sorting(turns)
  const rating = new Rating(turns)
  const sortingDesk = new SortingDesk({
    ...{ sorting, tuned, language },
    savedStep: async (place) => (await store.view(place)).savedStep,
    reader: workshop.reader,
    onProgress: (progress) => tell('sorting.progress', progress)
  })
  const advices = new Advices({
    evaluations,
    subjectOf: adviceSubject({ projects, training, modelTexts, threads, device }),
    forbiddenIn: (project) => forbiddenOf({ checkUps, dirOf }, { project }),
    onProgress: (view) => tell('advice.progress', view)
  })
  const leakTests = new LeakTests({ turns, tuned, data, keeper, dirOf, tell })
  const augmentations = augmentationsHere({
    ...{ data, files, tell, projects, shelf, turns, modelTexts, threads, device, language }
  })
  const chats = new Chats(turns, (chunk) => tell('chat.chunk', chunk))
  const exports = new Exports({
    ...{ turns, files, tuned, modelTexts, smallFiles, language },
    origins: models.origins,
    seenIn: (runDir) => evaluations.seenIn(runDir),
    onChange: (record) => tell('export.changed', record)
  })
  const programs = new Programs({
    ...{ home: homedir(), env: process.env, tuned },
    kept: (runDir) => exports.kept(runDir),
    onChange: (progress) => tell('ollama.changed', progress)
  })
  const candidates = (): ReturnType<typeof candidatesOf> => candidatesOf({ store, projects, shelf })
  const api: ApiSwitch = new ApiSwitch({
    ...{ turns, engine, language, log: o.log },
    find: async (wanted, conversations) =>
      servedSet(await candidates(), wanted, {
        read: (parts) => readTunedModel(parts, { modelTexts, threads: threads(), device }),
        positions: async (modelDir) =>
          (await engine.call('inspectModel', { modelDir })).maxPositionEmbeddings,
        ...{ conversations, maxContext: longestContext }
      }),
    memory: async () => (await engine.call('probe', undefined)).memoryAvailableBytes,
    key: new ApiKey(join(places.neiroHome, 'api-key')),
    training: () => queue.active !== null,
    onChange: (state) => tell('api.changed', state)
  })

  const busy = async (): Promise<boolean> =>
    (o.busy?.() ?? false) ||
    !queue.atRest ||
    models.downloads.active ||
    (await store.places()).some(({ dir }) => isRunHeld(dir))
  const { storageMove, viewOfStorage } = storageHere({
    ...{ place: storage, models: models.store, busy, files, release: () => turns.release() },
    onView: (view) => tell('storage.changed', view),
    onRest: () => tell('projects.changed', null)
  })
  const updates = new Updates({
    updater: o.updater,
    origin: () => updateOrigin(places.updatesFile, places.policyFile),
    busy: async () => storageMove.going || (await busy()),
    onChange: (view) => tell('updates.changed', view)
  })

  return {
    ...{ places, storage, storageMove, viewOfStorage, updates, settings, threads },
    ...{ device, language, telling, tell },
    ...{ files, handed, projects, dirOf, data, workshop, keeper, checkUps, checker, modelTexts },
    ...{ engine, turns, machine, calibration, shelf, store },
    ...{ runTeller, runner, agreedPrograms, queue, planner, training, sweeps, models, elsewhere },
    printPdf: o.printPdf ?? printByBrowser,
    ...{ tuned, evaluated, evaluations, advices, leakTests, augmentations, sorting, sortingDesk, rating },
    ...{ chats, exports, programs, api, candidates },
    /** Nothing of the app works in the run's folder when this is done. */
    leave: async (place: RunPlace): Promise<void> => {
      evaluations.cancel(place.id)
      if (queue.live(place.id)) await queue.pauseRun(place)
      await turns.release()
    },
    /** What processes that were killed left half written, wherever Neiro writes. */
    sweep: async (): Promise<void> => {
      await storageMove.recover()
      const places = await store.places()
      const elsewhere = [...(await projects.list()).map(({ dir }) => dir), ...places.map(({ dir }) => dir)]
      const roots = [...new Set([o.places.neiroHome, storage.dir])]
      const isBelow = (dir: string): boolean => roots.some((root) => dir.startsWith(join(root, sep)))
      for (const dir of [...roots, ...elsewhere.filter((dir) => !isBelow(dir))]) await sweepBelow(dir)
      // exports lie anywhere: where one was begun, its run knows
      for (const { dir } of places) await exports.kept(dir)
    },
    version: (): Promise<string> => versionOf(places.appRoot),
    supportReport: async (): Promise<LogReport> =>
      supportReport({
        ...{ logFile: places.logFile, appRoot: places.appRoot, neiroHome: places.neiroHome },
        version: await versionOf(places.appRoot),
        machine: machine.probe,
        folders: (await projects.list()).map(({ dir }) => dir)
      }),
    /** A training is paused with a checkpoint first. */
    close: async (): Promise<void> => {
      await storageMove.cancel()
      sweeps.close()
      await api.stop()
      await queue.close()
      await models.close()
      await engine.stop()
      workshop.close()
      keeper.close()
      checker.close()
    }
  }
}

function starter({ places, log, startTrainer }: PartsOptions, name: string): () => Promise<TrainerHost> {
  const start = (): Promise<TrainerHost> =>
    TrainerHost.start({
      trainerEntry: places.trainerEntry,
      addonFile: places.addonFile,
      ...(startTrainer && { startProcess: startTrainer }),
      onLog: (line) => log('info', `${name}: ${line}`)
    })
  // a start that fails once (a scanner that held the file) is tried once more
  return () => start().catch(start)
}

const settingsOf = async (recipe: string): Promise<Settings | null> =>
  (await readRecipe(recipe).catch(() => null))?.settings ?? null
