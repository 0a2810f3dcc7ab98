// All suites of `npm test`. Two workers: the machine has two cores, and the engine uses both.
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  // the state classes of the window are tested as plain classes
  plugins: [svelte()],
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['**/node_modules/**', 'test/output/**', 'test/e2e/**'],
    globalSetup: 'test/fixtures/temporary-folder.ts',
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000
  }
})
