// The menu: what the system expects (edit, zoom, window, quit), in the user's language, and nothing of ours
// that the window does not show.
import { app, Menu, type MenuItemConstructorOptions } from 'electron'
import type { Language } from './contract/words/language'

const words = {
  ja: {
    file: 'ファイル',
    edit: '編集',
    view: '表示',
    window: 'ウインドウ',
    close: '閉じる',
    quit: 'Neiro を終了'
  },
  en: { file: 'File', edit: 'Edit', view: 'View', window: 'Window', close: 'Close', quit: 'Quit Neiro' }
} as const

export function setMenu(language: Language): void {
  const say = words[language]
  const template: MenuItemConstructorOptions[] = [
    ...(process.platform === 'darwin' ? [{ role: 'appMenu' } satisfies MenuItemConstructorOptions] : []),
    {
      label: say.file,
      submenu: [
        { label: say.close, role: 'close' },
        { label: say.quit, click: () => app.quit(), accelerator: 'CmdOrCtrl+Q' }
      ]
    },
    {
      label: say.edit,
      submenu: [
        { role: 'undo' },
        { role: 'redo' },
        { type: 'separator' },
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' }
      ]
    },
    {
      label: say.view,
      submenu: [{ role: 'zoomIn' }, { role: 'zoomOut' }, { role: 'resetZoom' }, { role: 'togglefullscreen' }]
    },
    { label: say.window, submenu: [{ role: 'minimize' }, { role: 'close' }] }
  ]
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}
