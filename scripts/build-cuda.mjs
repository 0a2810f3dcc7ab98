// Builds the native module with the GPU's kernels by the real nvcc (cuda/nvcc.mjs says where it is looked for):
// addon/build-cuda/Release/neiro.node. `--architectures 80,90` builds for fewer; `--bench` the programs of addon/bench
// besides, without Node; `--proofs` the module with proofs besides, which the golden cases ask for (npm run golden --
// --device cuda, with NEIRO_ADDON=addon/build-cuda/Release/neiro.node).
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
const proofs = process.argv.includes('--proofs')
const cmakeJs = (command, ...more) =>
  runTool('cmake-js', [
    command,
    '--directory',
    'addon',
    '--out',
    'addon/build-cuda',
    '--loglevel',
    'error',
    `--CDNEIRO_TESTS=${proofs ? 'ON' : 'OFF'}`,
    `--CDNEIRO_BENCH=${bench ? 'ON' : 'OFF'}`,
    `--CDNEIRO_NVCC=${nvcc}`,
    ...architectures,
    ...more
  ])
// of what comes with the proofs only the module: the engine's own tests are minutes of compiling
const targets = [
  ...(proofs ? ['neiro', 'neiro_test'] : ['all']),
  ...(bench && proofs ? ['gpu_check', 'gpu_bench'] : [])
]
const build = (target) => cmakeJs('build', '--parallel', '2', '--target', target)
process.exit(cmakeJs('configure') || targets.reduce((status, target) => status || build(target), 0))
