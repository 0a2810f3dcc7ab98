// Words used everywhere.
import type { Common } from '../ja/common'
import { plural } from '../../plural'

export const common: Common = {
  home: 'Home',
  runs: 'Runs',
  models: 'Models',
  settings: 'Settings',
  steps: { goal: 'Goal', data: 'Data', model: 'Model', train: 'Train', compare: 'Compare', export: 'Export' },
  stepsLabel: 'Steps',
  navLabel: 'Navigation',
  skip: 'Skip to content',
  project: 'Project',
  switchProject: 'Switch to another project',
  allProjects: 'All projects',
  machine: 'This PC',
  memory: (size) => `Memory ${size}`,
  gpu: (name, size) => `GPU ${name}, ${size}`,
  processors: (n) => `CPU, ${n} ${n === 1 ? 'core' : 'cores'}`,
  starting: 'Starting…',
  nothingSent: 'Nothing leaves this PC',
  help: 'Terms explained',
  helpTitle: 'Terms on this page',
  whatIs: (word) => `What is "${word}"?`,
  close: 'Close',
  back: 'Back',
  cancel: 'Cancel',
  undo: 'Undo',
  save: 'Save',
  open: 'Open',
  practiceModel: 'Practice model',
  training: (share) => `Training, ${share}`,
  exported: (n) => `${n} exported`,
  pairs: (n) => plural(n, 'example'),
  base: 'Base model',
  tuned: 'Tuned model',
  pause: 'Pause',
  resume: 'Resume',
  stop: 'Finish',
  finishing: 'finishing up',
  timeLeft: (time) => `${time} left`,
  unexpected: 'An unexpected error occurred.',
  unexpectedHint:
    'Everything you saved is safe. Try again; if it happens again, save the log in Settings and send it to us.',
  paused: 'Paused',
  connection: {
    lost: {
      title: 'The connection to Neiro was lost.',
      safe: 'Your training and saved work are safe. The figures on this page are from before the connection was lost.',
      todo: 'If Neiro is still running, just wait. If it has closed, start it the way you did before (its icon, or neiro serve) and open the new address it shows. Interrupted training can be resumed.'
    },
    refused: {
      title: 'Neiro was restarted; this page still uses the old address.',
      safe: 'Your training and saved work are safe. The figures on this page are from before the connection was lost.',
      todo: 'Open the new address Neiro showed when it started. If you use the same browser, this page will reconnect too. Interrupted training can be resumed.'
    }
  },
  previous: 'Previous',
  next: 'Next',
  between: ' · ',
  colon: ': ',
  apart: ' · ',
  optional: 'optional',
  putAway: {
    title: (n) => `Bin (${n})`,
    lead: 'Items can be restored for 30 days. After that they are deleted for good.',
    daysLeft: (n) => `${n} ${n === '1' ? 'day' : 'days'} left`,
    restore: 'Restore',
    restoreNamed: (name) => `Restore “${name}”`
  },
  browser: {
    choose: {
      'data-files': 'Choose files to learn from',
      'data-folder': 'Choose a folder or files to learn from',
      'model-folder': 'Choose a model folder',
      'model-file': 'Choose a model’s GGUF file',
      'project-folder': 'Choose a project folder',
      'export-folder': 'Choose a folder to save in',
      'training-folder': 'Choose the folder that was trained elsewhere',
      program: 'Choose the program that gives marks'
    },
    fitsNot: {
      'data-files': 'There are no usable files here.',
      'data-folder': 'There are no usable files here.',
      'model-folder':
        'Open a folder that contains config.json, or one GGUF file and no other: it can be chosen there.',
      'model-file': 'Choose a GGUF file from the list.',
      'project-folder':
        'Open the folder of a Neiro project (it contains project.json): it can be chosen there.',
      'export-folder': 'Nothing can be saved here.',
      'training-folder':
        'Open the folder of a training that Neiro wrote (it contains train.py): it can be chosen there.',
      program: 'Choose the program from the list.'
    },
    places: 'Places',
    usual: { home: 'Home', desktop: 'Desktop', documents: 'Documents', downloads: 'Downloads' },
    up: 'Up one folder',
    path: 'Location (path)',
    goTo: 'Go',
    hidden: 'Show hidden folders',
    hiddenNote: 'Of the hidden folders in your home, only those named by --folder at the start are shown.',
    newFolder: 'New folder',
    newFolderName: 'Name of the new folder',
    make: 'Create',
    listing: 'Reading the folder',
    more: (n) => `${n} more. Type a location above to go there.`,
    empty: 'There are no folders in here.',
    noFiles: 'There are no usable files in here.',
    thisFolder: 'Choose this folder',
    goFirst: 'To choose the place that you typed, press “Go” first.',
    theseFiles: (n) => `Choose ${n} ${n === 1 ? 'file' : 'files'}`
  }
}
