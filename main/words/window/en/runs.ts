// Words of runs and settings.
import type { RunsWords, SettingsWords } from '../ja/runs'
import { plural } from '../../plural'

export const runs: RunsWords = {
  title: 'Runs',
  lead: 'Choose two to five runs to lay over one another.',
  empty: 'No runs yet. They appear here after the first training.',
  toHome: 'Go home',
  columns: {
    select: 'Choose',
    run: 'Run',
    project: 'Project',
    loss: 'Held-out loss',
    state: 'State',
    date: 'Date',
    acts: 'Actions'
  },
  states: {
    waiting: 'Waiting',
    running: 'Training',
    paused: 'Paused',
    interrupted: 'Cut off',
    stopped: 'Ended early',
    finished: 'Done',
    failed: 'Failed'
  },
  /** a run without a name is called "Quick try 2" */
  presets: { quick: 'Quick try', balanced: 'Balanced', quality: 'Quality', custom: 'Own settings' },
  commandLine: 'Command line',
  open: 'Open',
  resume: 'Go on',
  remove: 'Put away',
  rename: 'Rename',
  moreFor: (name) => `Actions for “${name}”`,
  removed: (name) => `"${name}" was put away.`,
  compare: (n) => `Overlay ${n}`,
  overlay: 'Loss, overlaid',
  instead: (name, loss) => `${name}: ${loss}`,
  insteadWhy: 'Runs without a held-out figure are laid over with their training loss.',
  lossOf: (name, loss) => `${loss} of “${name}”`,
  noMore: (n) => `At most ${n} can be told apart. To choose another, untick one first.`,
  differences: 'Settings that differ',
  noDifferences: 'All settings are the same.',
  chooseMore: 'Choose two or more and they appear here.',
  select: (name) => `Compare "${name}"`
}

export const settings: SettingsWords = {
  title: 'Settings',
  language: 'Language',
  theme: 'Appearance',
  themes: { system: 'As this PC', light: 'Light', dark: 'Dark' },
  threads: 'Processors for training',
  threadsHint: 'Fewer keep your other work quick while it trains; training itself takes longer.',
  allThreads: (n) => `All (${plural(String(n), 'core')})`,
  someThreads: (n) => plural(String(n), 'core'),
  folder: 'Where things are kept',
  folderHint: 'All projects and runs are inside this folder.',
  log: 'Log',
  logHint: 'A record you can send to us when something goes wrong. It holds nothing of your data.',
  saveLog: 'Save the log',
  version: 'Version',
  engine: 'Engine',
  machine: 'This PC',
  private: 'Nothing is sent outside. Neiro connects only when you ask it to.'
}
