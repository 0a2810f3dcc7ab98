// What this machine has for packaging: Electron's own files, makers of installers. Each answer is a place, or null.
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { root } from '../house.mjs'

/** Electron's unpacked files for a system: given by NEIRO_ELECTRON_DIST_LINUX (WIN, MAC), or what npm's package fetched. */
export function electronDist(system) {
  const given = process.env[`NEIRO_ELECTRON_DIST_${system.toUpperCase()}`]
  if (given) return given
  const fetched = join(root, 'node_modules/electron/dist')
  return system === thisSystem && existsSync(fetched) ? fetched : null
}

export const thisSystem = { linux: 'linux', win32: 'win', darwin: 'mac' }[process.platform] ?? 'linux'

export const onPath = (program) =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, program))
    .find((file) => existsSync(file)) ?? null
