// Where the packages that are made look for new versions: an address, and the makers' public key (npm run package:sign).
import { createPublicKey } from 'node:crypto'
import { readFileSync } from 'node:fs'

/** What electron-builder is told, and what the app reads (main/services/updates/origin.ts). No address: none is looked for.
 *  Throws a sentence. */
export function updatesOf(address, keyFile) {
  if (!address) return { publish: null, said: null }
  if (!keyFile)
    throw new Error(
      '--updates=ADDRESS also needs --updates-key=FILE (npm run package:sign -- --new-key FILE)'
    )
  const key = createPublicKey(readFileSync(keyFile)).export({ type: 'spki', format: 'pem' }).toString()
  return { publish: { provider: 'generic', url: address }, said: { address, key } }
}
