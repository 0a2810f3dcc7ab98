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
    working: 'Neiro is still working',
    done: 'Training has finished. See the result in Neiro',
    cutOff: 'Training was interrupted. You can resume it in Neiro',
    open: 'Open the window',
    pause: 'Pause training and quit',
    stop: 'Stop and quit'
  },
  dialogs: {
    data: 'Files to learn from',
    all: 'All files',
    choose: 'Choose',
    program: {
      title: (name) => `May “${name}” run on this PC?`,
      text: 'While training it is given each question, the answer and the answer of the data. It runs with your rights and may do whatever you may: read and write files, use the network. Neiro does not look at what it does. You are asked once for this version of it.',
      agree: 'Let it run',
      refuse: 'Do not run it'
    },
    titles: {
      'data-files': 'Choose files to learn from',
      'data-folder': 'Choose folders of files to learn from',
      'model-folder': 'Choose a model folder',
      'model-file': 'Choose a model’s GGUF file',
      'project-folder': 'Choose a project folder',
      'export-folder': 'Choose a folder to save in',
      'training-folder': 'Choose the folder that was trained elsewhere',
      program: 'Choose the program that gives marks'
    }
  },
  failure: {
    start: {
      title: 'Neiro could not start',
      text: 'Your examples and runs are unchanged. Start Neiro again; if this happens again, reinstall it or send the log.'
    },
    broke: {
      title: 'An unexpected error occurred, and Neiro has to close',
      text: 'Everything you saved is safe, and interrupted training can be resumed. Start Neiro again.'
    },
    reason: 'Reason',
    log: 'Log',
    page: 'The window can no longer be shown',
    pageSafe: 'Your training and saved work are safe. If this happens again, close other apps.',
    again: 'Show it again',
    close: 'Close'
  }
}
