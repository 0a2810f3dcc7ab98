// `npm run cuda:pack [-- FILE]`: one archive (default addon/gpu-pack.tar.xz, some 60 MB) for the minutes in which a GPU
// is at hand, on a machine that has nothing but Linux, a driver, and Python with PyTorch for the rival: the programs of
// addon/bench, the module with its proofs, this Node, the golden cases and what runs them. There:
//   mkdir pack && tar xf gpu-pack.tar.xz -C pack && OUT=results pack/gpu.sh
// NEIRO_CUDA_ARCHITECTURES says for which GPUs (default 90); NEIRO_GPU_PACK_PYTHON names a folder whose Python packages
// travel along (bitsandbytes, where the other machine has none).
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { build } from 'vite'
import { root, run } from '../house.mjs'
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

const pack = mkdtempSync(join(tmpdir(), 'neiro-gpu-pack-'))
try {
  for (const file of [...programs, 'neiro_test.node']) cpSync(join(made, file), join(pack, file))
  cpSync(process.execPath, join(pack, 'node'))
  // names of functions are half of it, and nothing here reads them
  spawnSync('strip', ['-s', ...readdirSync(pack)], { cwd: pack })
  cpSync(join(root, 'addon/bench/gpu.sh'), join(pack, 'gpu.sh'))
  cpSync(join(root, 'test/reference/peft_bench.py'), join(pack, 'peft_bench.py'))
  cpSync(join(root, 'test/golden'), join(pack, 'golden'), { recursive: true })
  const tokenizers = join('node_modules', '@anush008')
  cpSync(join(root, tokenizers), join(pack, tokenizers), { recursive: true })
  const python = process.env.NEIRO_GPU_PACK_PYTHON
  if (python) cpSync(python, join(pack, 'python'), { recursive: true })
  await bundle(join(root, 'test/golden-runner/main.ts'), pack)
  mkdirSync(resolve(out, '..'), { recursive: true })
  must('tar', ['-cf', out, '-I', 'xz -T0 -1', '-C', pack, '.'])
  console.log(`${out}: ${(statSync(out).size / 2 ** 20).toFixed(1)} MiB, for compute ${architectures}`)
} finally {
  rmSync(pack, { recursive: true, force: true })
}

/** The program as one file, with all that it imports but the tokenizer, which is native. */
async function bundle(entry, outDir) {
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: entry,
      outDir,
      emptyOutDir: false,
      rollupOptions: {
        external: [/^@anush008\//],
        output: { entryFileNames: 'golden.mjs', codeSplitting: false }
      }
    }
  })
}

function must(program, args) {
  if (run(program, args) !== 0) fail(`${program} failed: the lines above say why.`, 1)
}

function fail(why, code) {
  console.error(why)
  process.exit(code)
}
