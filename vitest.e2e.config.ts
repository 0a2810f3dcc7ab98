// `npm run e2e`: the window in a real browser, and the built shell under the Electron stand-in. One file at a
// time: each has an app, a trainer and a browser of its own.
import { mergeConfig } from 'vitest/config'
import base from './vitest.config'

export default mergeConfig(base, {
  test: { include: ['test/e2e/**/*.test.ts'], exclude: ['**/node_modules/**'], maxWorkers: 1 }
})
