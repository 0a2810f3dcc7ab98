// `npm run package:sign -- --key FILE`: signs what dist/latest*.yml say of the version, so that installed ones take it.
// `--new-key FILE` makes the makers' key once: FILE is kept where nobody reads it, FILE.pub goes into the packages.
import { createPrivateKey, generateKeyPairSync } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { parse, stringify } from 'yaml'
import { signatureOf, type Manifest } from '../../main/services/updates/manifest'

const { values } = parseArgs({
  options: { key: { type: 'string' }, 'new-key': { type: 'string' }, dir: { type: 'string' } }
})
const dist = values.dir ?? resolve(import.meta.dirname, '../../dist')

function makeKey(file: string): void {
  if (existsSync(file)) throw new Error(`${file} is there already`)
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 })
  writeFileSync(`${file}.pub`, publicKey.export({ type: 'spki', format: 'pem' }))
  console.log(
    `${file}: keep it where nobody reads it\n${file}.pub: npm run package -- --updates-key=${file}.pub`
  )
}

function signAll(file: string): void {
  const key = createPrivateKey(readFileSync(file))
  const names = readdirSync(dist).filter((name) => /^latest.*\.yml$/.test(name))
  if (names.length === 0)
    throw new Error(
      `no latest*.yml in ${dist}: npm run package -- --updates=ADDRESS --updates-key=FILE makes it`
    )
  for (const name of names) {
    const path = join(dist, name)
    const manifest = parse(readFileSync(path, 'utf8')) as Manifest
    writeFileSync(path, stringify({ ...manifest, signature: signatureOf(manifest, key) }))
    console.log(`${path}: ${String(manifest['version'])} signed`)
  }
}

try {
  if (values['new-key']) makeKey(values['new-key'])
  else if (values.key) signAll(values.key)
  else throw new Error('npm run package:sign -- --key FILE, or --new-key FILE')
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
