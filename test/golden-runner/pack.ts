// What a machine with a GPU and without Node, packages or checkout needs to run the golden cases: the runner as two
// plain files, the module that NEIRO_ADDON names (or this build's), its cases, this Node, and run.sh.
import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  statSync,
  writeFileSync
} from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { build } from 'vite'
import { addonFile } from '../fixtures/places'
import { findCases, onTheHost } from './cases'

/** The one package that cannot be put into a file: its library is a binary of its own. */
const tokenizers = ['tokenizers', 'tokenizers-linux-x64-gnu']

const runScript = `#!/bin/sh
# The golden cases on the GPU of this machine: ./run.sh [--compute bf16] [--brief] [golden-2/NAME …]
cd "$(dirname "$0")" || exit 2
[ -x ./node ] || { xz -dc node.xz >node 2>/dev/null ||
  python3 -c 'import lzma, shutil; shutil.copyfileobj(lzma.open("node.xz"), open("node", "wb"))'; chmod +x node; }
NEIRO_ADDON="$PWD/addon/neiro.node" exec ./node golden-runner/main.mjs --device cuda "$@"
`

export async function pack(folder: string, folders: readonly string[]): Promise<number> {
  const module = join(dirname(addonFile), 'neiro_test.node')
  if (!existsSync(module)) {
    console.error(`${module} is missing: npm run build:cuda -- --proofs`)
    return 3
  }
  if (existsSync(folder)) {
    console.error(`${folder} is there already`)
    return 2
  }
  const root = resolve(import.meta.dirname, '../..')
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true, external: ['vite', '@anush008/tokenizers'] },
    build: {
      ssr: true,
      target: 'node20',
      outDir: join(folder, 'golden-runner'),
      rollupOptions: {
        input: ['main', 'cases-main'].map((name) => join(import.meta.dirname, `${name}.ts`)),
        output: { entryFileNames: '[name].mjs', chunkFileNames: '[name].mjs' }
      }
    }
  })
  for (const name of tokenizers)
    cpSync(join(root, 'node_modules/@anush008', name), join(folder, 'node_modules/@anush008', name), {
      recursive: true
    })
  mkdirSync(join(folder, 'addon'))
  cpSync(module, join(folder, 'addon/neiro_test.node'))
  for (const from of folders) packCases(from, folder)
  const node = openSync(join(folder, 'node.xz'), 'w')
  execFileSync('xz', ['-6', '-c', process.execPath], { stdio: ['ignore', node, 'inherit'] })
  closeSync(node)
  writeFileSync(join(folder, 'run.sh'), runScript)
  chmodSync(join(folder, 'run.sh'), 0o755)
  console.log(
    execFileSync('du', ['-sm', ...['node.xz', 'addon', 'node_modules', 'golden-runner'], '.'], {
      cwd: folder,
      encoding: 'utf8'
    })
  )
  return 0
}

/** Cases that compute on a device, with the models beside them. */
function packCases(from: string, folder: string): void {
  const to = join(folder, basename(from))
  const host = new Set(
    findCases(from)
      .filter(({ kind }) => onTheHost.includes(kind))
      .map(({ dir }) => dir)
  )
  cpSync(from, to, {
    recursive: true,
    filter: (source) => !(statSync(source).isDirectory() && host.has(source))
  })
}
