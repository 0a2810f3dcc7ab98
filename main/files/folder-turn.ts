// A short turn of one process in a folder that several may write to (the app and a server on one home): what is
// decided and written in it stands on what is there, not on what this process remembers. Not for long work.
import { mkdir } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { NeiroError } from '../contract/errors'
import { asFileError } from './file-errors'
import { lockFolder, type RunLock } from './run-lock'

/** Longer than any turn lasts, milliseconds. */
const patience = 20_000

/** Waits for the others; throws FOLDER_BUSY {folder} where they never end. The folder is made. */
export async function inFolderTurn<T>(
  folder: string,
  work: () => Promise<T>,
  waitMs: number = patience
): Promise<T> {
  const lock = await takeFolderTurn(folder, waitMs)
  try {
    return await work()
  } finally {
    await lock.release()
  }
}

/** For a turn that ends elsewhere than it began; whoever takes it releases it. */
export async function takeFolderTurn(folder: string, waitMs: number = patience): Promise<RunLock> {
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw asFileError(error, folder)
  })
  return takeTurn(folder, Date.now() + waitMs)
}

async function takeTurn(folder: string, until: number): Promise<RunLock> {
  for (;;) {
    const lock = await lockFolder(folder)
    if (lock) return lock
    if (Date.now() > until) throw new NeiroError('FOLDER_BUSY', { folder })
    // two that look at the same moment both give way: not at the same moment again
    await sleep(2 + Math.random() * 20)
  }
}
