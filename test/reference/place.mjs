// Where the reference environment lives: outside the repository, because it weighs 6 GB and is not ours.
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

export const place = process.env.NEIRO_REFERENCE ?? join(homedir(), '.cache/neiro-reference')

/** SmolLM2-135M-Instruct as a Hugging Face folder. */
export const realModel = join(place, 'smollm2-135m-instruct')

/** The environment's Python; null where it was not set up. */
export function python() {
  const file = process.platform === 'win32' ? join(place, 'Scripts/python.exe') : join(place, 'bin/python')
  return existsSync(file) && existsSync(join(place, '.ready')) ? file : null
}
