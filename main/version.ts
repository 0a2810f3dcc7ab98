// The version of this Neiro, as its package says it.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** appRoot: folder of its package.json */
export async function versionOf(appRoot: string): Promise<string> {
  const text = await readFile(join(appRoot, 'package.json'), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}
