// The menu: what the system expects (edit, zoom, window, quit), in the user's language, and nothing of ours
// that the window does not show.
import { Menu, type MenuItemConstructorOptions } from 'electron'
import type { Language } from '../contract/language'
import { shellWords } from '../words/shell'
import type { ShellWords } from '../words/shell/ja'

type Word = keyof ShellWords['menu']
type Role = Exclude<Word, 'file' | 'edit' | 'view' | 'window'>

/** Called again whenever the user has chosen another language. */
export function setMenu(language: Language): void {
  const say = shellWords[language].menu
  const item = (role: Role): MenuItemConstructorOptions => ({ role, label: say[role] })
  const line: MenuItemConstructorOptions = { type: 'separator' }
  const mac = process.platform === 'darwin'
  const ownMenu: MenuItemConstructorOptions = {
    label: 'Neiro',
    submenu: [
      ...[item('about'), line, item('services'), line],
      ...[item('hide'), item('hideOthers'), item('unhide'), line, item('quit')]
    ]
  }
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      // a Mac gives the first menu the app's name, and looks there for quitting
      ...(mac ? [ownMenu] : []),
      {
        label: say.file,
        submenu: mac ? [item('close')] : [item('close'), { ...item('quit'), accelerator: 'CmdOrCtrl+Q' }]
      },
      {
        label: say.edit,
        submenu: [
          ...[item('undo'), item('redo'), line],
          ...[item('cut'), item('copy'), item('paste'), item('selectAll')]
        ]
      },
      {
        label: say.view,
        submenu: [item('zoomIn'), item('zoomOut'), item('resetZoom'), item('togglefullscreen')]
      },
      { label: say.window, submenu: [item('minimize'), item('close')] }
    ])
  )
}
