// Processors that this one is not, under QEMU: which kernels are chosen where instructions are missing.
import { join } from 'node:path'
import { addonPlace, debian, output, probeScript, root } from './had'
import { hold, type Steps } from './steps'

/** by QEMU's name. (QEMU 7.2 has no AVX-512.) */
const expected = { Haswell: 'avx2', 'Skylake-Server': 'avx2', Nehalem: 'scalar', 'Haswell,-avx2': 'scalar' }

export async function onProcessors(steps: Steps): Promise<void> {
  debian({ '/usr/bin/qemu-x86_64': 'qemu-user' })
  const script = probeScript(join(root, addonPlace))
  for (const [processor, backend] of Object.entries(expected))
    await steps.step(`on ${processor}`, () => {
      const said = output('qemu-x86_64', ['-cpu', processor, process.execPath, '-e', script]).trim()
      hold(said === backend, said)
      return said
    })
}
