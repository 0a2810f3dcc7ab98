// The command line's entry: puts the parts together and leaves with the exit code. What commands do is in
// cli/commands; this file knows only the process it runs in.
import { join } from 'node:path'
import { readFileSync } from 'node:fs'
import type { ServedWindow, ServeWindowOptions } from './cli/context'
import { runCli } from './cli/main'
import { stayAwake } from './cli/stay-awake'
import { openLog } from './log'
import { placesOf } from './places'
import { createParts } from './parts'
import { AppSettingsStore } from './services/settings/app-settings'

const places = placesOf({ packaged: false, env: process.env })
const log = openLog(places.logFile)
const keepAwake = stayAwake()
const settings = await AppSettingsStore.open(join(places.neiroHome, 'settings.json'), 'en')
const { version } = JSON.parse(readFileSync(join(places.appRoot, 'package.json'), 'utf8')) as {
  version: string
}

// a reader that goes away (neiro runs | head) ends the work quietly
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 1)
})

process.exitCode = await runCli({
  argv: process.argv.slice(2),
  version,
  systemLocale: Intl.DateTimeFormat().resolvedOptions().locale,
  output: { stdout: process.stdout, stderr: process.stderr, env: process.env },
  log: (message) => log('error', message),
  createParts: (said) => createParts({ places, log, settings, keepAwake, ...said }),
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
async function serveWindow({ port, language, onAddress }: ServeWindowOptions): Promise<ServedWindow> {
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
    hooks: { keepAwake, ...(showInFolder && { showInFolder }) }
  })
  const served = await serve({
    app,
    log,
    port,
    pagesDir: places.pagesDir,
    uploadsDir: places.uploadsDir,
    onAddress
  }).catch(async (error: unknown) => {
    await app.close()
    throw error
  })
  return {
    url: served.url,
    port: served.port,
    async close() {
      await served.close()
      await app.close()
    }
  }
}

function onInterrupt(handler: (count: number) => void): () => void {
  let count = 0
  const listener = (): void => handler(++count)
  process.on('SIGINT', listener)
  return () => process.off('SIGINT', listener)
}
