// Builds the native module with the GPU's kernels by the real nvcc (cuda/nvcc.mjs says where it is looked for):
// addon/build-cuda/Release/neiro.node. `--architectures 80,90` builds for fewer; `--bench` the programs of addon/bench
// besides, without Node.
import { findNvcc } from './cuda/nvcc.mjs'
import { runTool } from './house.mjs'

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
