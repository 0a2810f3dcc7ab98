// Builds the native module with the GPU's kernels by the real nvcc: addon/build-cuda/Release/neiro.node. nvcc is taken
// from PATH, CUDA_HOME, or a Python environment with NVIDIA's wheels (NEIRO_CUDA_ENV, else /tmp/models/nvcc), in this
// order; docs/cuda.md says how to make one. `--architectures 80,90` builds for fewer; `--bench` the programs of
// addon/bench besides, without Node.
import { existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { root, runTool } from './house.mjs'

const nvcc = findNvcc()
if (!nvcc) {
  console.error(
    'nvcc is missing: put it on PATH, set CUDA_HOME, or make an environment as docs/cuda.md says.'
  )
  process.exit(3)
}
const asked = process.argv.indexOf('--architectures')
const architectures =
  asked < 0 ? [] : [`--CDNEIRO_CUDA_ARCHITECTURES=${process.argv[asked + 1].replaceAll(',', ';')}`]
const bench = process.argv.includes('--bench')
const cmakeJs = (command, ...more) =>
  runTool('cmake-js', [
    command,
    '--directory',
    'addon',
    '--out',
    'addon/build-cuda',
    '--loglevel',
    'error',
    '--CDNEIRO_TESTS=OFF',
    `--CDNEIRO_BENCH=${bench ? 'ON' : 'OFF'}`,
    `--CDNEIRO_NVCC=${nvcc}`,
    ...architectures,
    ...more
  ])
process.exit(cmakeJs('configure') || cmakeJs('build', '--parallel', '2'))

function findNvcc() {
  const name = process.platform === 'win32' ? 'nvcc.exe' : 'nvcc'
  const folders = [
    ...(process.env.PATH ?? '').split(delimiter),
    ...(process.env.CUDA_HOME ? [join(process.env.CUDA_HOME, 'bin')] : []),
    ...wheels(process.env.NEIRO_CUDA_ENV ?? '/tmp/models/nvcc')
  ]
  return folders.map((folder) => join(folder || root, name)).find((file) => existsSync(file))
}

/** Where NVIDIA's wheels put their programs: lib/pythonX.Y/site-packages/nvidia/cuNN/bin. */
function wheels(environment) {
  const libraries = join(environment, 'lib')
  if (!existsSync(libraries)) return []
  return readdirSync(libraries).flatMap((python) => {
    const nvidia = join(libraries, python, 'site-packages/nvidia')
    if (!existsSync(nvidia)) return []
    return readdirSync(nvidia)
      .filter((name) => /^cu\d+$/.test(name))
      .map((name) => join(nvidia, name, 'bin'))
  })
}
