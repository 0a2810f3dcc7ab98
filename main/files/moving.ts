// Renaming and removing with patience: on Windows a virus scanner or a reader may hold a file for a moment, and
// then the system refuses what it would allow a blink later. The only place that calls the system's own.
import { rename, rm } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'

const passing = new Set(['EPERM', 'EACCES', 'EBUSY', 'ENOTEMPTY'])
const attempts = 10
const waitMs = 20

/** Renames a file or folder; what stood in its place is replaced where the system replaces (a file, an empty folder). */
export async function renameInto(from: string, to: string): Promise<void> {
  await patiently(() => rename(from, to))
}

/** Takes away a file, or a folder with all in it; nothing there is no error. */
export async function remove(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true, maxRetries: attempts, retryDelay: waitMs })
}

/** Tries again what Windows refuses for a moment; elsewhere a refusal is meant. */
export async function patiently<T>(
  work: () => Promise<T>,
  platform: NodeJS.Platform = process.platform
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? ''
      if (platform !== 'win32' || !passing.has(code) || attempt === attempts) throw error
      await sleep(waitMs * attempt)
    }
  }
}
