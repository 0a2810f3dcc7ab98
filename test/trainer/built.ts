// Programs for the processes of tests, bundled from the present source: no `npm run build` needed, and
// nothing but our own code in the process (a loader that compiles on the fly has threads of its own).
import { mkdtempSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { build } from 'vite'

/** main/trainer/index.ts as one file; made once per test process. */
export const builtTrainer = once(() => bundle('../../main/trainer/index.ts', 'es', 'trainer.mjs'))
/** main/workshop/index.ts, likewise. */
export const builtWorkshop = once(() => bundle('../../main/workshop/index.ts', 'es', 'workshop.mjs'))
/** Programs of test/reading-bench, likewise. */
export const builtOneFile = once(() => bundle('../reading-bench/one-file.ts', 'es', 'one-file.mjs'))
export const builtReadingAlone = once(() => bundle('../reading-bench/reading-alone.ts', 'es', 'alone.mjs'))
/** Programs of test/store-bench, likewise. */
export const builtOneSet = once(() => bundle('../store-bench/one-set.ts', 'es', 'one-set.mjs'))
export const builtOneCheck = once(() => bundle('../store-bench/one-check.ts', 'es', 'one-check.mjs'))
/** main/keeper/index.ts, likewise. */
export const builtKeeper = once(() => bundle('../../main/keeper/index.ts', 'es', 'keeper.mjs'))
/** All golden cases as one program, for where no process can begin another. */
export const builtGoldenAlone = once(() => bundle('../elsewhere/golden-alone.ts', 'es', 'golden-alone.mjs'))
/** The app as a program of test/disk-faults, likewise. */
export const builtProjectProgram = once(() =>
  bundle('../disk-faults/acts/project-program.ts', 'es', 'project-program.mjs')
)
/** fake-addon.ts as a module that the trainer can load in place of the engine. */
export const builtFakeAddon = once(() => bundle('fake-addon.ts', 'cjs', 'addon.cjs'))

async function bundle(source: string, format: 'es' | 'cjs', name: string): Promise<string> {
  const outDir = mkdtempSync(join(tmpdir(), 'neiro-built-'))
  // packages stay outside the bundle, and are looked for beside it
  symlinkSync(resolve(import.meta.dirname, '../../node_modules'), join(outDir, 'node_modules'), 'junction')
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: resolve(import.meta.dirname, source),
      outDir,
      target: 'node20',
      rollupOptions: { output: { format, entryFileNames: name } }
    }
  })
  return join(outDir, name)
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null
  return () => (made ??= make())
}
