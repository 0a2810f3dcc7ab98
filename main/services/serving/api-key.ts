// The key that programs show to the server: made when it is first needed, kept in the data folder for its owner alone,
// and made anew at will. Whoever is asked for it compares in constant time.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { chmod, readFile } from 'node:fs/promises'
import { NeiroError } from '../../contract/errors'
import { writeFileWhole } from '../../files/whole-file'

/** as `sk-` of others: so that scanners for leaked keys know it for one */
const mark = 'neiro-'
const form = /^[\x21-\x7e]{16,200}$/

export class ApiKey {
  #key: string | null = null

  constructor(private readonly file: string) {}

  async get(): Promise<string> {
    this.#key ??= (await stored(this.file)) ?? (await this.renew())
    return this.#key
  }

  /** Another one; the one before is worth nothing from then on. */
  async renew(): Promise<string> {
    const key = `${mark}${randomBytes(24).toString('base64url')}`
    await writeFileWhole(this.file, `${key}\n`)
    if (process.platform !== 'win32') await chmod(this.file, 0o600)
    this.#key = key
    return key
  }
}

/** What somebody wrote there themselves is taken, where it is one. Throws BAD_KEY_FILE {file}. */
async function stored(file: string): Promise<string | null> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (text === null) return null
  const key = text.trim()
  if (!form.test(key)) throw new NeiroError('BAD_KEY_FILE', { file })
  return key
}

/** Equal in constant time, whatever the lengths. */
export function sameKey(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}
