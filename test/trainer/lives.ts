// Lives of a run in a real folder with a stand-in engine: whole ones, and ones that end as a kill ends them.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { MetricLine, RunProgress } from '../../main/contract/records'
import { runFiles, type RunStateFile } from '../../main/contract/run-files'
import { trainRun, type RunParts } from '../../main/trainer/train-run'
import type { LoopRequest } from '../../main/trainer/training-loop'
import { FakeSession, type FakeScript } from './fake-session'
import { comparableLines, folderBytes, metricLines, runFixture } from './run-fixture'

export interface Life {
  readonly script?: FakeScript
  readonly request?: () => LoopRequest | null
  readonly session?: FakeSession
  /** absent: each token is a letter, as often as its number says */
  readonly textsOf?: RunParts['textsOf']
}

/** What happened to a process that was killed, as far as files can tell: no state, no lock given back. */
export class Killed extends Error {}

export async function live(dir: string, life: Life = {}) {
  const session = life.session ?? new FakeSession(life.script)
  const lines: MetricLine[] = []
  const progress: RunProgress[] = []
  const result = await trainRun(dir, {
    backend: 'fake',
    openSession: async () => session,
    request: life.request ?? (() => null),
    textsOf:
      life.textsOf ?? (async (all) => all.map((tokens) => tokens.map((id) => 'a'.repeat(id % 5)).join(' '))),
    onMetric: (line) => lines.push(line),
    onProgress: (value) => progress.push(value)
  })
  return { result, session, lines, progress }
}

/** of a process that cannot live: its number is above what systems give */
export const dead = '4194305-0a1b2c3d'

export const stateOf = (dir: string): RunStateFile =>
  JSON.parse(readFileSync(join(dir, runFiles.state), 'utf8'))
export const checkpoints = (dir: string): string[] => readdirSync(join(dir, runFiles.checkpoints)).sort()
export const codes = (dir: string): string[] =>
  metricLines(dir).flatMap((line) => (line.kind === 'notice' ? [line.code] : []))

export async function undisturbed(): Promise<{ lines: string[]; adapter: Record<string, string> }> {
  const dir = await runFixture()
  await live(dir)
  return { lines: comparableLines(dir), adapter: await folderBytes(dir) }
}

/** A run that dies when it makes this update; its files stay as a kill would leave them. */
export async function dieAt(dir: string, step: number, script: FakeScript = {}): Promise<void> {
  const before = stateOf(dir)
  const onStep = (now: number): void => {
    if (now === step) throw new Killed()
  }
  await expect(live(dir, { script: { ...script, onStep } })).rejects.toThrow(Killed)
  writeFileSync(join(dir, runFiles.state), JSON.stringify({ ...before, state: 'running', totalSteps: 20 }))
}
