// The menu: what the system expects (edit, zoom, window, quit), in the user's language, and nothing of ours
// that the window does not show.
import { Menu, type MenuItemConstructorOptions } from 'electron'
import type { Language } from '../contract/language'

const words = {
  ja: {
    about: 'Neiro について',
    services: 'サービス',
    hide: 'Neiro を隠す',
    hideOthers: 'ほかを隠す',
    unhide: 'すべてを表示',
    quit: 'Neiro を終了',
    file: 'ファイル',
    close: 'ウインドウを閉じる',
    edit: '編集',
    undo: '元に戻す',
    redo: 'やり直す',
    cut: '切り取り',
    copy: 'コピー',
    paste: '貼り付け',
    selectAll: 'すべてを選択',
    view: '表示',
    zoomIn: '拡大',
    zoomOut: '縮小',
    resetZoom: '実際の大きさ',
    togglefullscreen: '全画面表示',
    window: 'ウインドウ',
    minimize: '最小化'
  },
  en: {
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
  }
} as const

type Word = keyof (typeof words)['ja']
type Role = Exclude<Word, 'file' | 'edit' | 'view' | 'window'>

/** Called again whenever the user has chosen another language. */
export function setMenu(language: Language): void {
  const say = words[language]
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
