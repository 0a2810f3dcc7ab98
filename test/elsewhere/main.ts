// npm run elsewhere [-- PART…]: the product on systems that this one is not: Windows under Wine, 64-bit ARM and older processors
// under QEMU, Linux with an old C library, macOS as far as its linker; the installer of Windows, and that the module comes out
// the same from any folder. Sets up by itself what that takes: Debian's packages (as root), zig from PyPI, Nodes from npm, all
// in ~/.cache/neiro-elsewhere. Never a part of npm test.
import { makeReady } from '../fixtures/ready'
import { onArm } from './arm64'
import { onInstaller } from './installer'
import { onOldLinux } from './linux'
import { onMac } from './macos'
import { onProcessors } from './processors'
import { onReproducible } from './reproducible'
import { Steps } from './steps'
import { onWindows } from './windows'

const parts = {
  processors: onProcessors,
  linux: onOldLinux,
  macos: onMac,
  windows: onWindows,
  installer: onInstaller,
  reproducible: onReproducible,
  arm64: onArm
} as const
type Part = keyof typeof parts

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !Object.hasOwn(parts, name))
if (unknown.length > 0) {
  console.error(
    `npm run elsewhere -- [${Object.keys(parts).join(' | ')}]: ${unknown.join(' ')} is none of these`
  )
  process.exit(2)
}
makeReady('addon', 'app')
let failed = 0
for (const part of (asked.length > 0 ? asked : Object.keys(parts)) as Part[]) {
  const steps = new Steps(part)
  await steps.step('is ready, and was gone through', () => parts[part](steps))
  const counts = steps.counts
  failed += counts.failed
  console.log(`${part}: ${counts.held} held, ${counts.failed} did not\n`)
}
process.exitCode = failed > 0 ? 1 : 0
