// The process of case-process.ts: runs the cases that it is sent, one after another, and ends with the first failure.
import type { Gpu } from '../../addon/index'
import type { CaseOfFolder, FromCases } from './case-process'
import { engine } from './engine'
import { runCase } from './run-case'

const tell = (message: FromCases): Promise<void> =>
  new Promise((done) => process.send?.(message, undefined, undefined, () => done()))

/** The emulator is not seen unasked. */
const gpuName = (gpu: Gpu | null): string => (gpu ? `${gpu.name}, compute ${gpu.compute}` : 'its emulator')

async function runCases(cases: readonly CaseOfFolder[]): Promise<void> {
  try {
    const { backend, processorName, gpu } = await engine().probe()
    await tell({ kind: 'device', name: `${backend} on ${backend === 'cuda' ? gpuName(gpu) : processorName}` })
  } catch (error) {
    return tell({ kind: 'refused', why: (error as Error).message })
  }
  for (const { item, folder } of cases) {
    const began = performance.now()
    const outcome = await runCase(item, folder)
    await tell({ kind: 'outcome', timed: { outcome, seconds: (performance.now() - began) / 1000 } })
    if (outcome.kind === 'failed') return
  }
}

process.once('message', (cases: readonly CaseOfFolder[]) => {
  void runCases(cases).finally(() => process.disconnect())
})
