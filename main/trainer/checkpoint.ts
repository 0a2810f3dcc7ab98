// Checkpoints of a run: checkpoints/step-NNNNNN with weights and optimizer (by the engine), loop.json and a
// manifest of sizes and SHA-256 sums. Two are kept; one that does not match its manifest is never used.
import { createHash } from 'node:crypto'
import { mkdir, open, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { NeiroError } from '../contract/errors'
import { isNewer } from '../files/newer'
import { remove } from '../files/moving'
import { bestFolder, runFiles, stepFolder } from '../contract/run-files'
import { writeFolderWhole } from '../files/whole-folder'
import { loopStateOf, loopVersion, type LoopState } from './loop-state'

export interface CheckpointContent {
  readonly loop: LoopState
  /** length of metrics.jsonl at this moment: later lines belong to a future that has not happened */
  readonly metricsBytes: number
}

export interface FoundCheckpoint extends CheckpointContent {
  readonly stateFile: string
}

interface Manifest {
  readonly version: 1
  readonly files: Readonly<Record<string, { readonly size: number; readonly sha256: string }>>
}

const kept = 2
const names = { state: 'state.safetensors', loop: 'loop.json', manifest: 'manifest.json' } as const

export async function writeCheckpoint(
  runDir: string,
  content: CheckpointContent,
  saveState: (file: string) => Promise<void>
): Promise<void> {
  const checkpoints = join(runDir, runFiles.checkpoints)
  await mkdir(checkpoints, { recursive: true })
  await writeFolderWhole(
    join(checkpoints, stepFolder(content.loop.step)),
    { replace: true },
    async (folder) => {
      await saveState(join(folder, names.state))
      await writeFile(join(folder, names.loop), `${JSON.stringify(content)}\n`, { flush: true })
      const manifest: Manifest = {
        version: 1,
        files: {
          [names.state]: await fingerprint(join(folder, names.state)),
          [names.loop]: await fingerprint(join(folder, names.loop))
        }
      }
      await writeFile(join(folder, names.manifest), `${JSON.stringify(manifest, null, 2)}\n`, { flush: true })
    }
  )
  await prune(checkpoints, content.loop)
}

/** The newest checkpoint that matches its manifest, and the names of newer ones that do not. Throws RUN_NEWER {run}. */
export async function latestCheckpoint(
  runDir: string
): Promise<{ checkpoint: FoundCheckpoint | null; torn: readonly string[] }> {
  const checkpoints = join(runDir, runFiles.checkpoints)
  const torn: string[] = []
  for (const name of (await stepFolders(checkpoints)).reverse()) {
    const folder = join(checkpoints, name)
    const content = (await matchesManifest(folder)) ? await readContent(folder) : null
    if (content && isNewer(content.loop, loopVersion)) throw new NeiroError('RUN_NEWER', { run: runDir })
    if (content) return { checkpoint: { ...content, stateFile: join(folder, names.state) }, torn }
    torn.push(name)
  }
  return { checkpoint: null, torn }
}

export async function removeCheckpoint(runDir: string, name: string): Promise<void> {
  await remove(join(runDir, runFiles.checkpoints, name))
}

async function matchesManifest(folder: string): Promise<boolean> {
  try {
    const manifest = JSON.parse(await readFile(join(folder, names.manifest), 'utf8')) as Manifest
    for (const name of [names.state, names.loop]) {
      const expected = manifest.files[name]
      const actual = await fingerprint(join(folder, name))
      if (expected?.size !== actual.size || expected.sha256 !== actual.sha256) return false
    }
    return true
  } catch {
    return false
  }
}

async function readContent(folder: string): Promise<CheckpointContent | null> {
  try {
    const content = JSON.parse(await readFile(join(folder, names.loop), 'utf8')) as CheckpointContent
    return { ...content, loop: loopStateOf(content.loop) }
  } catch {
    return null
  }
}

async function fingerprint(file: string): Promise<{ size: number; sha256: string }> {
  const hash = createHash('sha256')
  // one buffer for all of it: a stream's many would stay until the next collection, and count as the run's peak
  const part = Buffer.allocUnsafeSlow(1 << 20)
  const handle = await open(file)
  try {
    let size = 0
    for (;;) {
      const { bytesRead } = await handle.read(part, 0, part.length, size)
      if (bytesRead === 0) return { size, sha256: hash.digest('hex') }
      hash.update(part.subarray(0, bytesRead))
      size += bytesRead
    }
  } finally {
    await handle.close()
  }
}

async function stepFolders(checkpoints: string): Promise<string[]> {
  const all = await readdir(checkpoints).catch(() => [])
  return all.filter((name) => /^step-\d+$/.test(name)).sort((a, b) => stepOf(a) - stepOf(b))
}

const stepOf = (name: string): number => Number(name.slice(name.indexOf('-') + 1))

/** Keeps the newest checkpoints up to now, and the best adapters that they or this moment speak of. */
async function prune(checkpoints: string, now: LoopState): Promise<void> {
  const past = (await stepFolders(checkpoints)).filter((name) => stepOf(name) <= now.step)
  const used = new Set(now.best ? [bestFolder(now.best.step)] : [])
  for (const name of past.slice(-kept)) {
    const best = (await readContent(join(checkpoints, name)))?.loop.best
    if (best) used.add(bestFolder(best.step))
  }
  const bests = (await readdir(checkpoints)).filter((name) => /^best-\d+$/.test(name) && !used.has(name))
  for (const name of [...past.slice(0, -kept), ...bests]) {
    await remove(join(checkpoints, name))
  }
}
