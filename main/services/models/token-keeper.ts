// Where the token of the hub is kept. Electron hands in the system's key store; without it, the token lies in a file that
// this user alone can read, and the window says so.
import { chmod, readFile, writeFile } from 'node:fs/promises'
import { remove } from '../../files/moving'
import { writeFileWhole } from '../../files/whole-file'

export interface TokenKeeper {
  readonly place: 'system' | 'file'
  /** '' = none */
  get(): Promise<string>
  /** '' forgets it */
  set(token: string): Promise<void>
}

export function fileTokenKeeper(file: string): TokenKeeper {
  return {
    place: 'file',
    get: async () => (await readFile(file, 'utf8').catch(() => '')).trim(),
    async set(token) {
      await remove(file)
      if (token === '') return
      await writeFileWhole(file, '')
      await chmod(file, 0o600)
      await writeFile(file, token, { mode: 0o600, flush: true })
    }
  }
}

/** The system's own encryption of short texts, as Electron's safeStorage has it. */
export interface SystemCipher {
  isEncryptionAvailable(): boolean
  encryptString(text: string): Buffer
  decryptString(bytes: Buffer): string
}

/** cipher: asked each time, since a system's key store may open later. */
export function systemTokenKeeper(file: string, cipher: SystemCipher): TokenKeeper {
  const plain = fileTokenKeeper(`${file}.txt`)
  const usable = (): boolean => cipher.isEncryptionAvailable()
  return {
    get place() {
      return usable() ? 'system' : 'file'
    },
    async get() {
      if (!usable()) return plain.get()
      const bytes = await readFile(file).catch(() => null)
      try {
        return bytes ? cipher.decryptString(bytes) : ''
      } catch {
        // of another user, or of a machine before this one
        return ''
      }
    },
    async set(token) {
      await plain.set('')
      await remove(file)
      if (token === '') return
      if (usable()) await writeFileWhole(file, cipher.encryptString(token))
      else await plain.set(token)
    }
  }
}
