// What the system says when a file cannot be written or read, as an error with a way out.
// Pure: it looks at codes, never at the disk.
import { NeiroError } from '../contract/errors'

const full = new Set(['ENOSPC', 'EDQUOT'])
const refused = new Set(['EROFS', 'EACCES', 'EPERM'])

/** DISK_FULL or READ_ONLY for what the system refused; everything else comes back as it was. */
export function asFileError(error: unknown, place: string): unknown {
  const { code, syscall } = (error ?? {}) as { code?: unknown; syscall?: unknown }
  if (typeof code !== 'string') return error
  if (full.has(code)) {
    return new NeiroError('DISK_FULL', { place, system: code })
  }
  // Node says ENOENT when a recursive mkdir meets a read-only disk (nodejs/node: MKDirp drops EROFS)
  if (refused.has(code) || (code === 'ENOENT' && syscall === 'mkdir')) {
    return new NeiroError('READ_ONLY', { place, system: code })
  }
  return error
}
