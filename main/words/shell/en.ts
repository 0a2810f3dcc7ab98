// Words outside the page: menu, tray, the system's dialogs, what is said when the app cannot go on.
import type { ShellWords } from './ja'

export const en: ShellWords = {
  menu: {
    about: 'About Neiro',
    services: 'Services',
    hide: 'Hide Neiro',
    hideOthers: 'Hide Others',
    unhide: 'Show All',
    quit: 'Quit Neiro',
    file: 'File',
    close: 'Close Window',
    edit: 'Edit',
    undo: 'Undo',
    redo: 'Redo',
    cut: 'Cut',
    copy: 'Copy',
    paste: 'Paste',
    selectAll: 'Select All',
    view: 'View',
    zoomIn: 'Zoom In',
    zoomOut: 'Zoom Out',
    resetZoom: 'Actual Size',
    togglefullscreen: 'Full Screen',
    window: 'Window',
    minimize: 'Minimise'
  },
  background: {
    training: (percent: string) => `Neiro is still training${percent && ` (${percent})`}`,
    working: 'Neiro is still at work',
    done: 'Training is done; the result is in Neiro',
    cutOff: 'Training stopped on the way; Neiro can go on with it',
    open: 'Open the window',
    pause: 'Pause training and quit',
    stop: 'Stop and quit'
  },
  dialogs: {
    data: 'Files to learn from',
    all: 'All files',
    choose: 'Choose',
    titles: {
      'data-files': 'Choose files to learn from',
      'data-folder': 'Choose folders of files to learn from',
      'model-folder': 'Choose the folder of a model',
      'project-folder': 'Choose the folder of a project',
      'export-folder': 'Choose where to write'
    }
  },
  failure: {
    start: {
      title: 'Neiro could not start',
      text: 'Your examples and runs are unchanged. Start Neiro again; if this happens again, install it anew or send the log.'
    },
    broke: {
      title: 'Something unexpected happened, and Neiro ends',
      text: 'What was saved is safe; a training goes on from where it was saved. Start Neiro again.'
    },
    reason: 'Reason',
    log: 'Log',
    page: 'The window can no longer be shown',
    pageSafe: 'Training and what was saved are safe. If this happens again, close other programs.',
    again: 'Show it again',
    close: 'Close'
  }
}
