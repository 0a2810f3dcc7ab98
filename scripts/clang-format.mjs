// Formats the C++ (or with --check says which files are not), with the clang-format that npm brings.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { root, runTool } from './house.mjs'

const files = ['addon/engine', 'addon/binding', 'addon/bench', 'test/addon', 'test/cuda-emulator'].flatMap(
  (folder) => {
    try {
      return readdirSync(join(root, folder), { recursive: true })
        .filter((name) => /\.(h|cpp|cu|cuh)$/.test(name))
        .map((name) => join(folder, name))
    } catch {
      return []
    }
  }
)
const mode = process.argv.includes('--check') ? ['--dry-run', '--Werror'] : ['-i']
process.exit(files.length === 0 ? 0 : runTool('clang-format', [...mode, ...files]))
