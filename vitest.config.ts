// All suites, in two groups, one after the other: `parts` (functions, services, the engine; two workers, as the
// machine has two cores) and `window` (a real browser before the whole app; one file at a time, since each has an app,
// a trainer and a browser of its own). `npm test` runs these two, `npm test -- --all` also what test/long.ts names.
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'
import { longParts, longWindow } from './test/long.ts'

const shared = {
  pool: 'forks',
  testTimeout: 60_000,
  hookTimeout: 120_000
} as const

const elsewhere = ['**/node_modules/**', 'test/output/**']
const parts = {
  // the state classes of the window are tested as plain classes
  plugins: [svelte()],
  test: { ...shared, maxWorkers: 2, sequence: { groupOrder: 0 } }
}
// A browser, an app and a trainer on a busy machine: what fails is tried once more, and is named (retry x1) where it then passes.
const window = { test: { ...shared, retry: 1, maxWorkers: 1, sequence: { groupOrder: 1 } } }

export default defineConfig({
  test: {
    // once for all groups: a folder for each, one inside the other, makes paths that are too long for sockets
    globalSetup: 'test/fixtures/temporary-folder.ts',
    projects: [
      {
        ...parts,
        test: {
          ...parts.test,
          name: 'parts',
          include: ['test/**/*.test.ts'],
          exclude: [...elsewhere, 'test/e2e/**', ...longParts]
        }
      },
      { ...parts, test: { ...parts.test, name: 'parts-long', include: [...longParts] } },
      {
        test: {
          ...window.test,
          name: 'window',
          include: ['test/e2e/**/*.test.ts'],
          exclude: [...elsewhere, ...longWindow]
        }
      },
      { test: { ...window.test, name: 'window-long', include: [...longWindow] } }
    ]
  }
})
