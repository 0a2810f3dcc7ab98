// All suites of `npm test`, in two groups, one after the other: `parts` (functions, services, the engine; two
// workers, as the machine has two cores) and `window` (a real browser before the whole app; one file at a time,
// since each has an app, a trainer and a browser of its own).
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'

const shared = {
  globalSetup: 'test/fixtures/temporary-folder.ts',
  pool: 'forks',
  testTimeout: 60_000,
  hookTimeout: 120_000
} as const

export default defineConfig({
  test: {
    projects: [
      {
        // the state classes of the window are tested as plain classes
        plugins: [svelte()],
        test: {
          ...shared,
          name: 'parts',
          include: ['test/**/*.test.ts'],
          exclude: ['**/node_modules/**', 'test/output/**', 'test/e2e/**'],
          maxWorkers: 2,
          sequence: { groupOrder: 0 }
        }
      },
      {
        test: {
          ...shared,
          name: 'window',
          include: ['test/e2e/**/*.test.ts'],
          maxWorkers: 1,
          sequence: { groupOrder: 1 }
        }
      }
    ]
  }
})
