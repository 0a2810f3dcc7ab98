// What the system says when a file or folder cannot be written, read or reached, as an error with a way out: one table
// for all of Neiro. Pure: it looks at codes, never at the disk.
import { basename, dirname, join } from 'node:path'
import { NeiroError } from '../contract/errors'
import { leftoverOf } from './beside'

interface Said {
  readonly code?: unknown
  readonly syscall?: unknown
  readonly path?: unknown
}

/** An error of the system, and no fault of ours: its code, or null. */
export function systemCode(error: unknown): string | null {
  const { code, syscall } = (error ?? {}) as Said
  return typeof code === 'string' && typeof syscall === 'string' && /^E[A-Z0-9]+$/.test(code) ? code : null
}

/** For whoever writes at a place: DISK_FULL, READ_ONLY and what else the system refuses; the rest comes back as it was. */
export function asFileError(error: unknown, where: string): unknown {
  if (error instanceof NeiroError) return error
  const { code, syscall, path } = (error ?? {}) as Said
  const place = shownPlace(where)
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new NeiroError('DISK_FULL', { place, system: code })
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
      return new NeiroError('READ_ONLY', { place, system: code })
    case 'ENAMETOOLONG':
      return new NeiroError('PATH_TOO_LONG', { place: shownPlace(meant(path) ?? where) })
    case 'ENOTDIR':
    case 'EISDIR':
      return new NeiroError('WRONG_KIND_OF_PLACE', { place })
    case 'ELOOP':
      return new NeiroError('LINK_LOOP', { place })
    case 'EMFILE':
    case 'ENFILE':
      return new NeiroError('TOO_MANY_OPEN', { system: code })
    case 'EBUSY':
    case 'ETXTBSY':
      return new NeiroError('PLACE_IN_USE', { place })
    case 'EIO':
    case 'ENXIO':
    case 'ENODEV':
    case 'ESTALE':
    case 'ENOTCONN':
    case 'EHOSTDOWN':
    case 'EHOSTUNREACH':
    case 'EREMOTEIO':
      return new NeiroError('DRIVE_FAILED', { place, system: code })
    default:
      return ofMaking(error, code, syscall, place)
  }
}

/** As a rule a file in the folder that was spoken of; under its own name, not that of what is written beside it. */
function meant(path: unknown): string | null {
  if (typeof path !== 'string') return null
  return join(dirname(path), leftoverOf(basename(path))?.of ?? basename(path))
}

/** A folder that cannot be made. */
function ofMaking(error: unknown, code: unknown, syscall: unknown, place: string): unknown {
  if (syscall !== 'mkdir') return error
  if (code === 'EEXIST') return new NeiroError('WRONG_KIND_OF_PLACE', { place })
  // Node says ENOENT when a recursive mkdir meets a read-only disk (nodejs/node: MKDirp drops EROFS)
  return code === 'ENOENT' ? new NeiroError('READ_ONLY', { place, system: code }) : error
}

/** Whatever was thrown, as one of our errors: what is the system's is said as such, the rest is something that nobody
 *  foresaw (INTERNAL). where: for what the system says without a place. */
export function knownError(error: unknown, where = ''): NeiroError {
  if (error instanceof NeiroError) return error
  const code = systemCode(error)
  if (code === null) return NeiroError.of(error)
  const { path } = error as Said
  const place = typeof path === 'string' && path !== '' ? path : where
  // it may have been read or written
  if (code === 'EACCES' || code === 'EPERM') return new NeiroError('NO_ACCESS', { place: shownPlace(place) })
  if (code === 'ENOENT') return new NeiroError('PLACE_GONE', { place: shownPlace(place) })
  return NeiroError.of(asFileError(error, place))
}

const longest = 200

/** A place of thousands of characters would be all that is seen of a sentence. */
export function shownPlace(place: string): string {
  if (place === '') return '…'
  const all = [...place]
  return all.length <= longest
    ? place
    : `${all.slice(0, longest / 2).join('')}…${all.slice(-longest / 2).join('')}`
}
