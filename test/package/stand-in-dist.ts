// Files of the shape that Electron's unpacked ones have, for looking into what is packed: its program runs Node with
// the stand-in for Electron. The file `stand-in` in it says so to scripts/package.mjs.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export function makeStandInDist(folder: string): string {
  for (const part of ['locales', 'resources']) mkdirSync(join(folder, part), { recursive: true })
  const program = '#!/bin/sh\necho "$0 $*"\n'
  for (const name of ['electron', 'chrome-sandbox', 'chrome_crashpad_handler'])
    writeFileSync(join(folder, name), program, { mode: 0o755 })
  for (const locale of ['ja', 'en-US', 'fr', 'de'])
    writeFileSync(join(folder, 'locales', `${locale}.pak`), locale)
  for (const name of ['LICENSE', 'LICENSES.chromium.html']) writeFileSync(join(folder, name), 'Electron')
  writeFileSync(join(folder, 'version'), '45.4.1')
  writeFileSync(join(folder, 'stand-in'), '')
  return folder
}
