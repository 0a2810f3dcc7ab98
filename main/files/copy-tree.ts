// A folder copied with all that is in it, told byte by byte, whole file after whole file: one that was broken off goes on
// where it was, and no half file has the name of a whole one.
import { createReadStream, createWriteStream } from 'node:fs'
import { lstat, mkdir, readdir, readlink, rename, rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'

const half = '.copying'

/** Links stay links. What lies there already with the same name and size is left as it is. Told: bytes that are there. */
export async function copyTree(from: string, to: string, tell: (bytes: number) => void): Promise<void> {
  await mkdir(to, { recursive: true })
  for (const name of await readdir(from)) {
    if (name.endsWith(half)) continue
    const [source, target] = [join(from, name), join(to, name)]
    const info = await lstat(source)
    if (info.isDirectory()) await copyTree(source, target, tell)
    else if (info.isSymbolicLink()) await copyLink(source, target)
    else if (info.isFile()) await copyFileWhole(source, target, info, tell)
  }
}

/** Of all files in it; links have none of their own. */
export async function bytesOfTree(dir: string): Promise<number> {
  let sum = 0
  for (const name of await readdir(dir).catch(() => [])) {
    const info = await lstat(join(dir, name)).catch(() => null)
    if (info?.isDirectory()) sum += await bytesOfTree(join(dir, name))
    else if (info?.isFile() && !name.endsWith(half)) sum += info.size
  }
  return sum
}

async function copyLink(source: string, target: string): Promise<void> {
  if (await lstat(target).catch(() => null)) return
  await symlink(await readlink(source), target)
}

async function copyFileWhole(
  source: string,
  target: string,
  { size, mode }: { readonly size: number; readonly mode: number },
  tell: (bytes: number) => void
): Promise<void> {
  const there = await lstat(target).catch(() => null)
  if (there?.isFile() && there.size === size) return tell(size)
  const counted = new Transform({
    transform(piece: Buffer, _encoding, done) {
      tell(piece.length)
      done(null, piece)
    }
  })
  try {
    await pipeline(
      createReadStream(source, { highWaterMark: 1 << 20 }),
      counted,
      // what can be started there can be started here
      createWriteStream(target + half, { flush: true, mode: 0o666 | (mode & 0o111) })
    )
    await rename(target + half, target)
  } catch (error) {
    await rm(target + half, { force: true }).catch(() => undefined)
    throw error
  }
}
