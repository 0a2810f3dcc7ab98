// Which neiro.node goes into a package: the one that was named, the one that zig built for systems older than this one, or
// the one of this checkout, which asks for a C library as new as this system's.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { builtFor } from '../elsewhere/targets.mjs'
import { addonFile, root, stale } from '../house.mjs'

/** Its file; null: there is none for that system, or it is older than its sources. */
export function moduleFor(system, { env = process.env, arch = process.arch, isStale = stale } = {}) {
  const given = env[`NEIRO_ADDON_${system.toUpperCase()}`]
  if (given) return existsSync(given) ? given : null
  const elsewhere = join(root, builtFor(system === 'win' ? 'win32-x64' : `${system}-${arch}`))
  if (!isStale(elsewhere, ['addon'])) return elsewhere
  return system === 'linux' ? addonFile : null
}
