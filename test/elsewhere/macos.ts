// macOS: that the module compiles and links, for both of its processors, and asks for nothing but the system and Node-API. It
// cannot be run here.
import { readFileSync } from 'node:fs'
import { builtFor } from './had'
import { machO } from './mach-o'
import { hold, type Steps } from './steps'

export async function onMac(steps: Steps): Promise<void> {
  for (const [target, cpu] of [
    ['darwin-arm64', 'arm64'],
    ['darwin-x64', 'x86_64']
  ] as const)
    await steps.step(`${target} links`, () => {
      const { cpu: made, libraries, undefinedNames, oldest } = machO(readFileSync(builtFor(target)))
      hold(made === cpu, `made for ${made}`)
      const foreign = libraries.filter((name) => !/^\/usr\/lib\/lib(System|c\+\+|objc)/.test(name))
      hold(foreign.length === 0, `asks for ${foreign.join(', ')}`)
      const names = undefinedNames.filter((name) => /^_(napi|node_api)_/.test(name))
      hold(names.length > 20, `only ${names.length} names of Node-API are left open`)
      hold(oldest === '12.0', `asks for macOS ${oldest}`)
      return `${libraries.join(', ')}; ${names.length} names of Node-API; macOS ${oldest}`
    })
}
