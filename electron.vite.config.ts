// The builds: main (window, command line, trainer process), and with the window also preload and renderer.
// Dependencies stay outside the bundles; the native module is loaded by absolute path at run time.
import { resolve } from 'node:path'
import { defineConfig } from 'electron-vite'

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      // Node 20 runs the command line and the tests; Electron 45 brings Node 24.
      target: 'node20',
      rollupOptions: {
        input: {
          cli: resolve(import.meta.dirname, 'main/cli.ts'),
          trainer: resolve(import.meta.dirname, 'main/trainer/index.ts')
        },
        output: { entryFileNames: '[name].js' }
      }
    }
  }
})
