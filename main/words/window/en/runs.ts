// Words of runs and settings.
import type { RunsWords, SettingsWords } from '../ja/runs'
import { plural } from '../../plural'

export const runs: RunsWords = {
  title: 'Runs',
  lead: 'Choose two to five runs to overlay.',
  empty: 'No runs yet. They appear here after the first training.',
  toHome: 'Go to Home',
  columns: {
    select: 'Choose',
    setting: 'Setting',
    run: 'Run',
    project: 'Project',
    loss: 'Best held-out loss',
    reached: 'Best held-out result',
    state: 'State',
    date: 'Date',
    acts: 'Actions'
  },
  states: {
    waiting: 'Waiting',
    running: 'Training',
    paused: 'Paused',
    interrupted: 'Interrupted',
    stopped: 'Ended early',
    finished: 'Finished',
    failed: 'Failed'
  },
  /** a run without a name is called "Quick try 2" */
  presets: { quick: 'Quick try', balanced: 'Balanced', quality: 'Quality', custom: 'Own settings' },
  commandLine: 'Command line',
  ofProject: (project, run) => `${project}: ${run}`,
  learnt: { tone: 'tone', sort: 'sorting', prefer: 'preferences', documents: 'documents' },
  and: ', ',
  twin: (name, what) => `${name} (${what})`,
  notChecked: 'not checked since it began',
  open: 'Open',
  resume: 'Resume',
  remove: 'Move to bin',
  rename: 'Rename',
  moreFor: (name) => `Actions for “${name}”`,
  removed: (name) => `“${name}” was moved to the bin. You can restore it for 30 days.`,
  compare: (n) => `Overlay ${n}`,
  overlay: 'Loss of the chosen runs',
  instead: (name, loss) => `${name}: ${loss}`,
  insteadWhy: 'Runs without a held-out loss are shown with their training loss.',
  otherGoals: {
    title: 'The goals differ, and so does what each loss measures: the heights cannot be compared.',
    of: (name, goal) => `${name}: ${goal}`
  },
  otherModels: {
    title: 'The base models differ, so the heights of the lines cannot be compared.',
    of: (name, model) => `${name}: ${model}`
  },
  otherHeldOut: {
    title:
      'The held-out examples differ, so the heights of the lines cannot be compared. Look only at how they fall.',
    same: (names) => `Checked on the same examples: ${names}`,
    alone: (name) => `Checked on examples of its own: ${name}`,
    and: ', '
  },
  lossOf: (name, loss) => `${loss} of “${name}”`,
  noMore: (n) => `You can overlay up to ${n}. To choose another, untick one first.`,
  differences: 'Settings that differ',
  endedAt: (share) => `ended early, at ${share}`,
  scores: {
    title: 'Scores',
    learnt: 'Examples learnt',
    asked: 'Questions answered',
    pairs: (n) => `${n} examples`,
    questions: (n) => `${n} questions`,
    none: 'none yet',
    same: 'the same examples as the first',
    other: 'other examples than the first',
    shared: (n) => `${n} shared with the first`,
    firstNotAsked: 'the first has not answered yet',
    noneShared: 'no question shared with the first',
    standings: {
      few: 'too few questions to say',
      better: 'above the first',
      worse: 'below the first',
      unclear: 'no sure difference'
    },
    note: (least) =>
      `Below each score its 95 % interval. “Above” and “below” the first are said of shared questions only, from ${least} of them on, and only beyond chance.`
  },
  noDifferences: 'All settings are the same.',
  chooseMore: 'Choose two or more to see them here.',
  select: (name) => `Compare "${name}"`
}

export const settings: SettingsWords = {
  title: 'Settings',
  language: 'Language',
  theme: 'Appearance',
  themes: { system: 'Same as this PC', light: 'Light', dark: 'Dark' },
  threads: 'CPU cores for training',
  threadsHint: 'Fewer cores keep your other work responsive during training; training itself takes longer.',
  allThreads: (n) => `All (${plural(String(n), 'core')})`,
  someThreads: (n) => plural(String(n), 'core'),
  folder: 'Storage folder',
  openFolder: 'Open the folder',
  folderHint:
    'Projects, runs and downloaded models are kept here. Settings and the log stay in the standard place.',
  moveFolder: 'Move to another place…',
  modelsPlace: 'Downloaded models:',
  movingTo: 'Moving to',
  moveStages: { copying: 'Copying', checking: 'Reading the copy back' },
  movePart: (done, total) => `${done} / ${total}`,
  stopMove: 'Stop the move',
  whileMoving:
    'Until it is done, the old place stays in use. Training, exporting and importing have to wait. If you stop it, everything stays as it was.',
  moved: 'Moved',
  left: (place, size) =>
    `The old place (${place}) still holds the same ${size}. Once you are happy with the new one, you can delete it to free the space.`,
  leftUncounted: (place) => `The old place (${place}) still holds the same files.`,
  emptyOld: 'Delete the old copy',
  emptyOldTitle: 'Delete the old copy?',
  emptyOldText: (place) =>
    `This deletes the projects, runs and models in ${place}, as they were before the move. Those in the new place stay. This cannot be undone.`,
  oldEmptied: 'The old copy was deleted.',
  away: 'The storage folder cannot be found',
  awayHint:
    'It seems to be on a drive that is not connected. Connect it and press “Look again”. If the drive is lost, you can start afresh in the standard place.',
  lookAgain: 'Look again',
  useStandard: 'Start in the standard place',
  log: 'Log',
  logHint:
    'A record you can send to us or to your IT department when something goes wrong. Places, names and personal data are masked.',
  lookAtLog: 'Look at the log',
  logTitle: 'Please read it before you send it',
  logText: (masked) =>
    `Only what you see below is saved. ${masked === 0 ? 'No place, name or personal data was found in it.' : `${masked} ${masked === 1 ? 'place, name or piece of personal data is' : 'places, names and pieces of personal data are'} masked, as <PATH 1> and the like.`} If anything is left that should not leave your house, delete it after saving.`,
  saveLog: 'Save the log',
  version: 'Version',
  engine: 'Engine',
  machine: 'This PC',
  private:
    'Your data stay on this PC. Neiro connects to the internet only when you ask it to, or where you chose so here.'
}
