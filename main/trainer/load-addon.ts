// Loads the native module: the only place in the house that does. Its path comes from the host.
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import type * as Addon from '../../addon/index'
import { NeiroError } from '../contract/errors'
import { nativeFault } from '../files/native-fault'

export type Engine = typeof Addon

export function loadAddon(file: string | undefined = process.env['NEIRO_ADDON']): Engine {
  if (!file || !existsSync(file)) {
    throw new NeiroError('ADDON_MISSING', { file: file ?? '' })
  }
  try {
    return createRequire(import.meta.url)(file) as Engine
  } catch (error) {
    throw nativeFault(error) ?? new NeiroError('ADDON_BROKEN', { file, reason: (error as Error).message })
  }
}
