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
  navLabel: 'Go to',
  skip: 'Skip to content',
  project: 'Project',
  machine: 'This PC',
  memory: (size) => `Memory ${size}`,
  processors: (n) => `CPU, ${n} ${n === 1 ? 'core' : 'cores'}`,
  starting: 'Getting ready…',
  nothingSent: 'Nothing sent outside',
  help: 'Words explained',
  helpTitle: 'The words of this page',
  whatIs: (word) => `What is "${word}"?`,
  close: 'Close',
  back: 'Back',
  cancel: 'Cancel',
  undo: 'Undo',
  save: 'Save',
  open: 'Open',
  goalTone: 'Answer in our tone',
  practiceModel: 'Practice model',
  training: (share) => `Training, ${share}`,
  runCount: (n) => `${n} ${n === '1' ? 'run' : 'runs'}`,
  heldOutLoss: (loss) => `Held-out loss ${loss}`,
  pairs: (n) => plural(n, 'pair'),
  base: 'Base model',
  tuned: 'Tuned model',
  pause: 'Pause',
  resume: 'Go on',
  stop: 'Finish',
  timeLeft: (time) => `${time} left`,
  unexpected: 'Something unexpected happened.',
  unexpectedHint:
    'What was saved is safe. Try again; if it happens again, save the log under Settings and send it to us.',
  paused: 'paused',
  connection: {
    lost: {
      title: 'The connection to Neiro is lost.',
      safe: 'Training and what was saved are safe. The figures on this page are those from before.',
      todo: 'If Neiro is running, just wait. If it has ended, start it again with npm start or neiro serve and open the new address that it shows. A training that was cut off can go on from where it was saved.'
    },
    refused: {
      title: 'Neiro was started anew; this page still has the old address.',
      safe: 'Training and what was saved are safe. The figures on this page are those from before.',
      todo: 'Open the new address that Neiro showed when it started. In the same browser, this page is connected again too. A training that was cut off can go on from where it was saved.'
    }
  },
  previous: 'Previous',
  next: 'Next',
  optional: 'optional',
  putAway: {
    title: (n) => `Put away (${n})`,
    lead: 'It can be brought back from here for 30 days; then it is deleted.',
    daysLeft: (n) => `${n} ${n === '1' ? 'day' : 'days'} left`,
    restore: 'Bring back',
    restoreNamed: (name) => `Bring back “${name}”`
  },
  browser: {
    chooseFolder: 'Choose a folder',
    chooseFiles: 'Choose files',
    up: 'Up one folder',
    path: 'Place (path)',
    goTo: 'Go there',
    hidden: 'Show hidden folders',
    newFolder: 'New folder',
    newFolderName: 'Name of the new folder',
    make: 'Make',
    listing: 'Listing the folder',
    more: (n) => `${n} more. Type a place to go there.`,
    empty: 'Nothing to choose here.',
    thisFolder: 'Choose this folder',
    theseFiles: (n) => (n === 0 ? 'Choose' : `Choose ${n} ${n === 1 ? 'file' : 'files'}`)
  }
}
