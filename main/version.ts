// The version of this Neiro, as its package says it.
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** appRoot: folder of its package.json */
export const versionOf = async (appRoot: string): Promise<string> =>
  saidIn(await readFile(fileOf(appRoot), 'utf8'))

/** The same at once, before anything is begun. */
export const versionNow = (appRoot: string): string => saidIn(readFileSync(fileOf(appRoot), 'utf8'))

const fileOf = (appRoot: string): string => join(appRoot, 'package.json')
const saidIn = (text: string): string => (JSON.parse(text) as { version: string }).version
