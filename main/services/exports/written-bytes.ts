// How much of a folder has been written, while somebody else writes it.
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

const interval = 200 // ms

/** Works while `tell` is told the bytes in `dir`, a few times a second and once more at its end. */
export async function whileWriting<T>(
  dir: string,
  tell: (bytes: number) => void,
  work: () => Promise<T>
): Promise<T> {
  let looking: Promise<void> | null = null
  const look = async (): Promise<void> => tell(await bytesIn(dir))
  const timer = setInterval(() => {
    looking ??= look().finally(() => (looking = null))
  }, interval)
  try {
    const result = await work()
    await looking
    await look()
    return result
  } finally {
    clearInterval(timer)
    await looking
  }
}

/** A file that is renamed at this moment counts the next time. */
export async function bytesIn(dir: string): Promise<number> {
  const names = await readdir(dir).catch(() => [])
  const sizes = await Promise.all(
    names.map((name) =>
      stat(join(dir, name)).then(
        ({ size }) => size,
        () => 0
      )
    )
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}
