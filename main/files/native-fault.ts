// Why a native module does not load, where the system lacks something and nothing of ours is broken: a Linux older than the
// module was built for, a Windows without Microsoft's run-time. What it says is what the user can do.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { NeiroError } from '../contract/errors'

interface Here {
  readonly platform: NodeJS.Platform
  readonly systemRoot: string
  readonly glibc: string
}

/** null: another reason. */
export function nativeFault(error: unknown, here: Here = thisSystem()): NeiroError | null {
  const reason = error instanceof Error ? error.message : String(error)
  const needed = newest([...reason.matchAll(/GLIBC_(\d+\.\d+)/g)].map(([, version = '']) => version))
  if (needed) return new NeiroError('SYSTEM_TOO_OLD', { needed, here: here.glibc })
  const lacks = here.platform === 'win32' && (error as { code?: unknown }).code === 'ERR_DLOPEN_FAILED'
  const missing = lacks ? runTime.filter((name) => !existsSync(join(here.systemRoot, 'System32', name))) : []
  return missing.length > 0 ? new NeiroError('RUN_TIME_MISSING', { files: missing.join(', ') }) : null
}

/** What the tokenizer of Windows is linked to; the addon is not. */
const runTime = ['vcruntime140.dll', 'vcruntime140_1.dll']

const newest = (versions: readonly string[]): string | undefined =>
  versions.toSorted((a, b) => Number(b.split('.')[1]) - Number(a.split('.')[1]))[0]

function thisSystem(): Here {
  const { header } = process.report.getReport() as { header?: { glibcVersionRuntime?: string } }
  return {
    platform: process.platform,
    systemRoot: process.env['SystemRoot'] || 'C:\\Windows',
    glibc: header?.glibcVersionRuntime ?? '?'
  }
}
