// The system around the app: dialogs, file manager, tray, menu, power, permissions. What the app asks of it is
// recorded; what the user would do there comes from the test, through the channel of the fork.
import { EventEmitter } from 'node:events'
import { app, preventable } from './app.mjs'

export const records = {
  windows: [],
  utilities: [],
  images: [],
  shown: [],
  opened: [],
  dialogs: [],
  messages: [],
  menu: [],
  tray: null,
  awake: 0
}

/** answers of dialogs to come: a list of paths, or null for cancelled */
const answers = []
/** buttons that will be pressed in message boxes; one that nobody presses stays open */
const presses = []
/** what the test may order; window.mjs adds its own */
export const orders = {
  records: () => records,
  dialog: ({ paths }) => void answers.push(paths),
  press: ({ button }) => void presses.push(button),
  tray: ({ label }) => void trayItems.find((item) => item.label === label)?.click(),
  emit: ({ event }) => void app.emit(event, {}),
  // as the system does: a second start, with its words and folder
  second: ({ argv, folder }) => void app.emit('second-instance', {}, argv, folder),
  // as a Mac does
  openFile: ({ path }) => {
    const event = preventable()
    app.emit('open-file', event, path)
    return event.defaultPrevented
  },
  quit: () => app.quit(),
  permission: ({ name }) =>
    new Promise((told) => permissionRequest({}, name, (allowed) => told(allowed ? 'granted' : 'denied')))
}

process.on('message', ({ id, order, ...details }) => {
  void (async () => {
    try {
      process.send({ id, value: (await orders[order](details)) ?? null })
    } catch (error) {
      process.send({ id, error: String(error) })
    }
  })()
})
// no test, no app: nothing of a test outlives it
process.on('disconnect', () => process.exit(0))

async function showOpenDialog(...given) {
  records.dialogs.push(given.at(-1))
  const paths = answers.shift() ?? null
  return { canceled: paths === null, filePaths: paths ?? [] }
}

async function showMessageBox(...given) {
  const { message, buttons } = given.at(-1)
  records.messages.push({ message, buttons })
  while (presses.length === 0) await new Promise((later) => setTimeout(later, 20))
  return { response: presses.shift() }
}

export const dialog = {
  showOpenDialog,
  showMessageBox,
  // the real one stops the program until it is read; before the app is ready, on Linux, it writes as this one does
  showErrorBox: (title, content) => void process.stderr.write(`[${title}] ${content}\n`)
}

export const shell = {
  showItemInFolder: (path) => void records.shown.push(path),
  openExternal: async (url) => void records.opened.push(url)
}

const plainItems = (template) =>
  template.map(({ label, role, submenu }) => ({
    label,
    role,
    submenu: submenu ? plainItems(submenu) : undefined
  }))
export const Menu = {
  buildFromTemplate: (template) => ({ template }),
  setApplicationMenu: (menu) => void (records.menu = plainItems(menu.template))
}

let trayItems = []
export class Tray extends EventEmitter {
  constructor(image) {
    super()
    if (image.isEmpty()) throw new Error('Failed to load image')
    records.tray = { tip: '', items: [] }
  }
  setToolTip(tip) {
    records.tray.tip = tip
  }
  setContextMenu({ template }) {
    trayItems = template
    records.tray.items = plainItems(template)
  }
  destroy() {
    trayItems = []
    records.tray = null
  }
}

let blockers = 0
const blocking = new Set()
export const powerSaveBlocker = {
  start() {
    blocking.add(++blockers)
    records.awake = blocking.size
    return blockers
  },
  stop(id) {
    const stopped = blocking.delete(id)
    records.awake = blocking.size
    return stopped
  }
}

let permissionRequest = (_contents, _name, answer) => answer(true)
export const session = {
  // of its own for the updater's questions
  fromPartition: () => ({}),
  defaultSession: {
    setPermissionRequestHandler: (handler) => void (permissionRequest = handler),
    setPermissionCheckHandler: () => undefined
  }
}
