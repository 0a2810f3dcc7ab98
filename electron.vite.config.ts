// Three builds: main (window, command line, the programs of the other processes), preload (one CommonJS file, as a sandboxed
// preload must be), renderer (the window, also served to a browser by `neiro serve`).
// Dependencies of main stay outside its bundles; the native module is loaded by absolute path at run time.
import { resolve } from 'node:path'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'electron-vite'

const at = (path: string): string => resolve(import.meta.dirname, path)

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      // Node 20 runs the command line and the tests; Electron 45 brings Node 24.
      target: 'node20',
      rollupOptions: {
        input: {
          index: at('main/index.ts'),
          cli: at('main/cli.ts'),
          trainer: at('main/trainer/index.ts'),
          workshop: at('main/workshop/index.ts'),
          fetcher: at('main/fetcher/index.ts'),
          keeper: at('main/keeper/index.ts')
        },
        output: { entryFileNames: '[name].js' }
      }
    }
  },
  preload: {
    build: {
      outDir: 'out/preload',
      rollupOptions: {
        input: { preload: at('main/shell/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' }
      }
    }
  },
  renderer: {
    root: at('renderer'),
    plugins: [svelte()],
    build: {
      outDir: 'out/renderer',
      minify: true,
      // it comes from the disk or the loopback address: one piece is the quickest
      chunkSizeWarningLimit: 2000,
      target: 'es2023',
      rollupOptions: { input: at('renderer/index.html') }
    }
  }
})
