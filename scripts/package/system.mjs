// What native modules ask of the system that they are installed on.
import { copyFileSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The newest version of Linux' C library that any of these files asks for: "2.35". */
export function glibcNeeded(files) {
  const minors = files.flatMap((file) =>
    [...readFileSync(file, 'latin1').matchAll(/\0GLIBC_2\.(\d+)/g)].map(([, minor]) => Number(minor))
  )
  return minors.length > 0 ? `2.${Math.max(...minors)}` : null
}

export const runTime = ['vcruntime140.dll', 'vcruntime140_1.dll']

/** Lays Microsoft's run-time beside the tokenizer, which finds it there on PCs that have none; from NEIRO_VCRUNTIME, or from
 *  a Windows that packs. Files that could not be had. */
export function layRunTime(beside, env = process.env) {
  const from = env.NEIRO_VCRUNTIME ?? (env.SystemRoot ? join(env.SystemRoot, 'System32') : null)
  return runTime.filter((name) => {
    if (!from || !existsSync(join(from, name))) return true
    copyFileSync(join(from, name), join(beside, name))
    return false
  })
}
