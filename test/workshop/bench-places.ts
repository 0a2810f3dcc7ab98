// A workshop of the present source for tests, with real processes; whoever opens one closes it.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { forkProgram, type StartProgram } from '../../main/processes/child-program'
import { Workshop, type WorkshopOptions } from '../../main/workshop/workshop'
import { builtWorkshop } from '../trainer/built'

export class TestPlace {
  readonly dir = mkdtempSync(join(tmpdir(), 'neiro-workshop-'))
  readonly lines: string[] = []
  readonly #opened: Workshop[] = []

  async open(change: Partial<WorkshopOptions> = {}): Promise<Workshop> {
    const workshop = new Workshop({
      program: await builtWorkshop(),
      onLog: (line) => this.lines.push(line),
      ...change
    })
    this.#opened.push(workshop)
    return workshop
  }

  /** A file in the folder. */
  file(name: string, content: string | Uint8Array): string {
    const path = join(this.dir, name)
    writeFileSync(path, content)
    return path
  }

  /** No process outlives the tests. */
  async close(): Promise<void> {
    const pids = this.#opened.flatMap(({ pids }) => pids)
    for (const workshop of this.#opened) workshop.close()
    await until(() => pids.every((pid) => !lives(pid)))
    rmSync(this.dir, { recursive: true, force: true })
  }
}

/** Started so, a process works on its first job for ever. */
export const startBusy: StartProgram = (options) =>
  forkProgram({
    ...options,
    execArgv: [...(options.execArgv ?? []), '--require', join(import.meta.dirname, 'busy.cjs')]
  })

export function lives(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** Asks again until it is so; the test's own time limit ends the waiting. */
export async function until(ask: () => boolean): Promise<void> {
  while (!ask()) await new Promise((again) => setTimeout(again, 10))
}
