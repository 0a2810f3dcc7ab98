// How models come to this machine: the hub's address, proxy and certificates, and the folder of the store (hub.json of the
// data folder). What is torn falls back to its default; the environment is asked where nothing is set.
import { access, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { NeiroError } from '../../contract/errors'
import { inFolderTurn } from '../../files/folder-turn'
import { writeFileWhole } from '../../files/whole-file'
import type { Reaching } from './hub/hub-port'
import { readProxy, type Environment } from './hub/proxy'
import type { TokenKeeper } from './token-keeper'

const schema = z.object({
  address: z.string().catch(''),
  proxy: z.string().catch(''),
  certificates: z.string().catch(''),
  /** '' = in the storage place */
  store: z.string().catch('')
})
export type StoredHubSettings = z.infer<typeof schema>
const nothing: StoredHubSettings = { address: '', proxy: '', certificates: '', store: '' }

export interface HubSettingsOptions {
  /** hub.json */
  readonly file: string
  /** of the catalogue */
  readonly official: () => Promise<string>
  readonly token: TokenKeeper
  readonly env: Environment
  /** the user's home */
  readonly home: string
  /** where models lie while nothing else was chosen */
  readonly ownStore: () => string
}

export class HubSettingsStore {
  constructor(private readonly options: HubSettingsOptions) {}

  async stored(): Promise<StoredHubSettings> {
    try {
      return schema.parse(JSON.parse(await readFile(this.options.file, 'utf8')))
    } catch {
      return nothing
    }
  }

  /** Throws HUB_BAD_HUB, HUB_BAD_PROXY or HUB_BAD_CERTIFICATES for what can never be used. */
  async change(change: Partial<StoredHubSettings>): Promise<void> {
    const given = Object.fromEntries(
      Object.entries(change).flatMap(([key, value]) => (value === undefined ? [] : [[key, value.trim()]]))
    ) as Partial<StoredHubSettings>
    if (Object.keys(given).length === 0) return
    if (given.address) checkAddress(given.address)
    if (given.proxy && !readProxy(given.proxy))
      throw new NeiroError('HUB_BAD_PROXY', { proxy: given.proxy.slice(0, 80) })
    if (given.certificates) await checkCertificates(given.certificates)
    await inFolderTurn(dirname(this.options.file), async () => {
      const settings = { ...(await this.stored()), ...given }
      await writeFileWhole(this.options.file, `${JSON.stringify(settings, null, 2)}\n`)
    })
  }

  async address(): Promise<string> {
    const { env, official } = this.options
    return (await this.stored()).address || env['HF_ENDPOINT'] || (await official())
  }

  async token(): Promise<{ readonly token: string; readonly state: 'none' | 'kept' | 'environment' }> {
    const kept = await this.options.token.get()
    if (kept !== '') return { token: kept, state: 'kept' }
    const { env } = this.options
    const given = (env['HF_TOKEN'] ?? '').trim()
    return given === '' ? { token: '', state: 'none' } : { token: given, state: 'environment' }
  }

  async reaching(): Promise<Reaching> {
    const { proxy, certificates } = await this.stored()
    return { address: await this.address(), token: (await this.token()).token, proxy, certificates }
  }

  /** The folder of the store, and whether it is the Hugging Face cache itself. */
  async store(): Promise<{ readonly dir: string; readonly shared: boolean }> {
    const { store } = await this.stored()
    const dir = store || this.options.ownStore()
    return { dir, shared: dir === hubCache(this.options.env, this.options.home) }
  }
}

/** Where Python's tools keep models: HF_HUB_CACHE, HF_HOME/hub, else in the user's cache. */
export function hubCache(env: Environment, home: string): string {
  if (env['HF_HUB_CACHE']) return env['HF_HUB_CACHE']
  const above = env['HF_HOME'] || join(env['XDG_CACHE_HOME'] || join(home, '.cache'), 'huggingface')
  return join(above, 'hub')
}

function checkAddress(address: string): void {
  const url = URL.canParse(address) ? new URL(address) : null
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== '')
    throw new NeiroError('HUB_BAD_HUB', { address: address.slice(0, 80) })
}

async function checkCertificates(file: string): Promise<void> {
  const text = await access(file).then(
    () => readFile(file, 'utf8'),
    () => ''
  )
  if (!text.includes('-----BEGIN CERTIFICATE-----')) throw new NeiroError('HUB_BAD_CERTIFICATES', { file })
}
