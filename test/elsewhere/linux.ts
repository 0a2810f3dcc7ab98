// The module for Linux as it is handed out: which C library it asks for, and that it computes what the one that is built here does.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
// @ts-expect-error plain JavaScript
import { glibcNeeded as needed } from '../../scripts/package/system.mjs'
import { addonPlace, builtFor, cacheDir, output, probeScript, root } from './had'
import { holdClose, Runs, shortTraining } from './runs-there'
import { hold, type Steps } from './steps'

/** RHEL 8, Ubuntu 20.04, Debian 10 have a newer one, or this one */
const oldest = 28

export async function onOldLinux(steps: Steps): Promise<void> {
  const addon = builtFor('linux-x64')
  await steps.step(`asks for no newer C library than 2.${oldest}`, () => {
    const version = (needed as (files: string[]) => string | null)([addon]) ?? ''
    hold(Number(version.split('.')[1]) <= oldest, `asks for ${version}`)
    return version
  })
  const own = join(root, addonPlace)
  await steps.step('chooses the same kernels as the one that is built here', () => {
    const [one, other] = [addon, own].map((file) =>
      output(process.execPath, ['-e', probeScript(file)]).trim()
    )
    hold(one === other, `${one} and ${other}`)
    return one ?? ''
  })
  await steps.step('trains with the same losses, to 1e-5', () => {
    const home = join(cacheDir, 'linux-held-against')
    rmSync(home, { recursive: true, force: true })
    for (const [name, file] of Object.entries({ zig: addon, own }))
      output(
        process.execPath,
        [
          'out/main/cli.js',
          'tune',
          ...shortTraining,
          '--data',
          'sample',
          '--max-steps',
          '20',
          '--name',
          name
        ],
        { ...process.env, NEIRO_HOME: home, NEIRO_ADDON: file }
      )
    const runs = new Runs(home)
    return holdClose(runs.losses('zig'), runs.losses('own'))
  })
}
