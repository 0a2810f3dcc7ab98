// Where nvcc is: on PATH, below CUDA_HOME, or in a Python environment with NVIDIA's wheels (NEIRO_CUDA_ENV, else
// /tmp/models/nvcc), in this order; docs/cuda.md says how to make one.
import { existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { root } from '../house.mjs'

/** undefined where there is none */
export function findNvcc() {
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
