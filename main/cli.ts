// The command line's entry: puts the parts together and leaves with the exit code. What commands do is in
// cli/commands; this file knows only the process it runs in.
import { join } from 'node:path'
import { endWhenBroken } from './cli/broken'
import type { ServedWindow, ServeWindowOptions } from './cli/context'
import { languageOf } from './cli/language'
import { runCli } from './cli/main'
import { Output } from './cli/output'
import { stayAwake } from './cli/stay-awake'
import { openLog } from './log'
import { placesOf } from './places'
import { createParts } from './parts'
import { enterDataFolder } from './services/storage/data-folder'
import { AppSettingsStore } from './services/settings/app-settings'
import { versionNow } from './version'

const places = placesOf({ packaged: false, env: process.env })
const log = openLog(places.logFile)
const keepAwake = stayAwake()
const settings = await AppSettingsStore.open(join(places.neiroHome, 'settings.json'), 'en')
const version = versionNow(places.appRoot)

const interrupts = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
/** saves what a command is in the middle of */
let saving: () => Promise<void> = async () => undefined

const systemLocale = Intl.DateTimeFormat().resolvedOptions().locale
const output = { stdout: process.stdout, stderr: process.stderr, env: process.env }
endWhenBroken({
  log: (message) => log('error', message),
  say(error) {
    const json = process.argv.includes('--json')
    new Output({ ...output, json, language: languageOf(undefined, process.env, systemLocale) }).error(error)
  },
  save: () => saving(),
  exit: (code) => process.exit(code)
})

// a reader that goes away (neiro runs | head), or a terminal that was closed: what can be saved is, the rest ends quietly
process.stdout.once('error', ({ code }: NodeJS.ErrnoException) => {
  if (!process.emit('SIGINT')) process.exit(code === 'EPIPE' ? 0 : 1)
})
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)

process.exitCode = await runCli({
  argv: process.argv.slice(2),
  version,
  systemLocale,
  output,
  log: (message) => log('error', message),
  createParts(said) {
    enterDataFolder(places.neiroHome, () => version)
    const parts = createParts({ places, log, settings, keepAwake, triesModelsAnew: true, ...said })
    saving = () => parts.close()
    void parts.sweep().catch((error: unknown) => log('warn', `half written: ${String(error)}`))
    return parts
  },
  context: {
    places,
    stdin: process.stdin,
    stdout: process.stdout,
    serveWindow,
    onInterrupt
  }
})
// nothing that was started may keep a finished command alive; what was written goes out first
process.stdout.write('', () => process.stderr.write('', () => process.exit()))

/** Loaded only when asked for: the other commands start without it. */
async function serveWindow(o: ServeWindowOptions): Promise<ServedWindow> {
  const { port, language, onSpent, folders, allow } = o
  const [{ createApp }, { serve }, { fileManager }] = await Promise.all([
    import('./app'),
    import('./serve/server'),
    import('./shell/file-manager')
  ])
  const showInFolder = fileManager()
  const app = await createApp({
    places,
    log,
    language,
    hooks: { keepAwake, folders: { folders, allow }, ...(showInFolder && { showInFolder }) }
  })
  const served = await serve({
    app,
    log,
    port,
    pagesDir: places.pagesDir,
    uploadsDir: places.uploadsDir,
    onSpent
  }).catch(async (error: unknown) => {
    await app.close()
    throw error
  })
  saving = () => app.close()
  return {
    ...served,
    async close() {
      // the training first: no page can hold it up
      await Promise.all([app.close(), served.close()])
    }
  }
}

/** Ctrl-C, the end of the terminal, and a system that goes down: all of them let a training be saved. */
function onInterrupt(handler: (count: number) => void): () => void {
  let count = 0
  const listener = (): void => handler(++count)
  for (const signal of interrupts) process.on(signal, listener)
  return () => {
    for (const signal of interrupts) process.off(signal, listener)
  }
}
