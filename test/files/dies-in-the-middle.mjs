// A program that writes a folder and is killed (SIGKILL, by itself) at the moment it is told: while the new folder is
// half written, between the two renames, or before the old one is removed.
import { writeFileSync } from 'node:fs'
import fs from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { join } from 'node:path'
import { register } from 'tsx/esm/api'

const [target, moment] = process.argv.slice(2)
const die = () => {
  process.kill(process.pid, 'SIGKILL')
  return new Promise(() => undefined)
}

const { rename, rm } = fs
let renames = 0
fs.rename = (...args) => (moment === 'between renames' && ++renames === 2 ? die() : rename(...args))
fs.rm = (...args) => (moment === 'before the old one goes' ? die() : rm(...args))
syncBuiltinESMExports()

register()
const { writeFolderWhole } = await import('../../main/files/whole-folder.ts')
await writeFolderWhole(target, { replace: true }, async (staging) => {
  writeFileSync(join(staging, 'file'), 'new')
  if (moment === 'half written') await die()
  return staging
})
