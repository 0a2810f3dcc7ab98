// `npm run cuda:pack [-- FILE]`: one archive (default addon/gpu-pack.tar.xz, some 60 MB) for the minutes in which a GPU
// is at hand, on a machine that has nothing but Linux, a driver, and Python with PyTorch for the rival: the programs of
// addon/bench, the module with its proofs, this Node, the golden cases and what runs them. There:
//   mkdir pack && tar xf gpu-pack.tar.xz -C pack && OUT=results pack/gpu.sh
// NEIRO_CUDA_ARCHITECTURES says for which GPUs (default 90); NEIRO_GPU_PACK_PYTHON names a folder whose Python packages
// travel along (bitsandbytes, where the other machine has none).
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { root, run, runTool } from '../house.mjs'
import { findNvcc } from './nvcc.mjs'

const out = resolve(process.argv[2] ?? join(root, 'addon/gpu-pack.tar.xz'))
const made = join(root, 'addon/build-gpu')
const nvcc = findNvcc()
if (!nvcc)
  fail('nvcc is missing: put it on PATH, set CUDA_HOME, or make an environment as docs/cuda.md says.', 3)

const programs = ['gpu_check', 'gpu_bench', 'gpu_step']
const architectures = process.env.NEIRO_CUDA_ARCHITECTURES ?? '90'
const configure = ['-S', 'addon', '-B', made, '-DNEIRO_BENCH=ON', `-DNEIRO_NVCC=${nvcc}`]
must('cmake', [...configure, `-DNEIRO_CUDA_ARCHITECTURES=${architectures}`])
must('cmake', ['--build', made, '--parallel', '2', '--target', ...programs, 'neiro_test'])

const folder = mkdtempSync(join(tmpdir(), 'neiro-gpu-pack-'))
const pack = join(folder, 'pack')
try {
  // the runner of the golden cases, its module and Node; the cases of test/golden alone, for their size
  const golden = ['test/golden-runner/main.ts', '--pack', pack, 'test/golden']
  const env = { ...process.env, NEIRO_ADDON: join(made, 'neiro.node') }
  if (runTool('tsx', golden, { env }) !== 0) fail('The golden cases could not be packed.', 1)
  for (const file of programs) cpSync(join(made, file), join(pack, file))
  // names of functions are half of it, and nothing here reads them
  spawnSync('strip', ['-s', ...programs, 'addon/neiro_test.node'], { cwd: pack })
  cpSync(join(root, 'addon/bench/gpu.sh'), join(pack, 'gpu.sh'))
  cpSync(join(root, 'test/reference/peft_bench.py'), join(pack, 'peft_bench.py'))
  const python = process.env.NEIRO_GPU_PACK_PYTHON
  if (python) cpSync(python, join(pack, 'python'), { recursive: true })
  mkdirSync(resolve(out, '..'), { recursive: true })
  must('tar', ['-cf', out, '-I', 'xz -T0 -1', '-C', pack, '.'])
  console.log(`${out}: ${(statSync(out).size / 2 ** 20).toFixed(1)} MiB, for compute ${architectures}`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function must(program, args) {
  if (run(program, args) !== 0) fail(`${program} failed: the lines above say why.`, 1)
}

function fail(why, code) {
  console.error(why)
  process.exit(code)
}
