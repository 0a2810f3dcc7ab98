// One connection to a machine by SSH, opened when it is needed and again when it was cut: commands and files. The host must
// be the one that the user has met before.
import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { Client, ConnectConfig, SFTPWrapper } from 'ssh2'
import { NeiroError } from '../../../contract/errors'
import { megabytes } from '../leaving'
import { fingerprintOf, keysOf } from './known-hosts'

export interface SshAddress {
  readonly user: string
  readonly host: string
  readonly port: number
  /** from the user's home there, or absolute */
  readonly dir: string
}

/** What of this user's machine is used; tests say others. */
export interface SshIdentity {
  /** known_hosts and keys lie in it */
  readonly sshDir: string
  readonly agent: string | undefined
}

export const ownIdentity = (): SshIdentity => ({
  sshDir: join(homedir(), '.ssh'),
  agent: process.env['SSH_AUTH_SOCK']
})

/** user@host:2222/work -> its parts */
export function readAddress(where: string): SshAddress {
  const [, user = '', host = '', port = '22', dir = ''] =
    /^([^@]+)@([^:/]+)(?::(\d+))?(?:\/(.*))?$/.exec(where) ?? []
  return { user, host, port: Number(port), dir: dir === '' ? 'neiro' : dir }
}

const readyMs = 20_000
const keyNames = ['id_ed25519', 'id_ecdsa', 'id_rsa']

/** Of statvfs, as OpenSSH says it. */
interface Disk {
  readonly f_bavail: number | bigint
  readonly f_frsize: number | bigint
}

interface Line {
  readonly client: Client
  readonly sftp: SFTPWrapper
}

export class SshLine {
  #line: Promise<Line> | null = null

  constructor(
    private readonly address: SshAddress,
    private readonly identity: SshIdentity
  ) {}

  /** Answers with what it said; throws PLACE_REFUSED with the end of its complaint where it failed. */
  async run(command: string): Promise<string> {
    const { client } = await this.#open()
    return new Promise((resolve, reject) => {
      const fail = (error: unknown): void => {
        clearTimeout(timer)
        client.off('close', closed)
        reject(error)
      }
      const timer = setTimeout(() => fail(this.#cut('timeout')), 10 * 60_000)
      const closed = (): void => fail(this.#cut('closed'))
      client.once('close', closed)
      client.exec(command, (error, stream) => {
        if (error) return fail(this.#cut(error.message))
        let [said, complained] = ['', '']
        stream.on('data', (part: Buffer) => (said += part.toString('utf8')))
        stream.stderr.on('data', (part: Buffer) => (complained += part.toString('utf8')))
        stream.on('close', (code: number | null) => {
          if (code === null) return fail(this.#cut('closed'))
          if (code !== 0)
            return fail(this.refused(complained.trim().split('\n').slice(-5).join(' / ') || `exit ${code}`))
          clearTimeout(timer)
          client.off('close', closed)
          resolve(said)
        })
      })
    })
  }

  /** A call of SFTP. null: there is no such file. */
  async file<T>(
    call: (sftp: SFTPWrapper, done: (error: unknown, value?: T) => void) => void
  ): Promise<T | null> {
    const { client, sftp } = await this.#open()
    return new Promise((resolve, reject) => {
      const closed = (): void => reject(this.#cut('closed'))
      client.once('close', closed)
      call(sftp, (error, value) => {
        client.off('close', closed)
        if (!error) return resolve(value as T)
        const { code, message } = error as { readonly code?: number | string; readonly message: string }
        // SSH_FX_NO_SUCH_FILE
        if (code === 2 || code === 'ENOENT') return resolve(null)
        reject(typeof code === 'number' ? this.refused(`${message} (SFTP ${code})`) : this.#cut(message))
      })
    })
  }

  /** On the disk of that folder, for this user; null: the machine cannot say. */
  async freeBytes(dir: string): Promise<number | null> {
    return this.file<number | null>((sftp, done) => {
      try {
        sftp.ext_openssh_statvfs(dir, (error, disk: Disk | undefined) =>
          // who cannot say it refuses, and has refused nothing else by that
          done(undefined, error || !disk ? null : Number(disk.f_bavail) * Number(disk.f_frsize))
        )
      } catch {
        done(undefined, null)
      }
    })
  }

  close(): void {
    void this.#line?.then(({ client }) => client.end()).catch(() => undefined)
    this.#line = null
  }

  refused(reason: string): NeiroError {
    return new NeiroError('PLACE_REFUSED', { place: this.#name, reason })
  }

  full(needed: number, free: number): NeiroError {
    return new NeiroError('PLACE_FULL', {
      place: this.#name,
      needed: megabytes(needed),
      free: megabytes(free)
    })
  }

  get #name(): string {
    const { user, host, port } = this.address
    return `${user}@${host}${port === 22 ? '' : `:${port}`}`
  }

  #cut(reason: string): NeiroError {
    this.#line = null
    return new NeiroError('PLACE_UNREACHABLE', { place: this.#name, reason })
  }

  #open(): Promise<Line> {
    this.#line ??= this.#connect()
    this.#line.catch(() => (this.#line = null))
    return this.#line
  }

  async #connect(): Promise<Line> {
    // loaded by whoever trains that way: every start of the app would pay for it
    const ssh = await import('ssh2')
    const { user: username, host, port } = this.address
    const { known, revoked } = keysOf(this.#knownHosts(), host, port)
    let refusal: NeiroError | null = null
    const hostVerifier = (key: Buffer): boolean => {
      const text = key.toString('base64')
      const fingerprint = fingerprintOf(key)
      if (
        revoked.some((one) => one.key === text) ||
        (known.length > 0 && !known.some((one) => one.key === text))
      )
        refusal = new NeiroError('HOST_KEY_CHANGED', { host, fingerprint })
      else if (known.length === 0)
        refusal = new NeiroError('HOST_UNKNOWN', { host, user: username, port: String(port), fingerprint })
      return refusal === null
    }
    const types = [...new Set(known.flatMap(({ type }) => signaturesOf(type)))]
    const config: ConnectConfig = {
      ...{ host, port, username, hostVerifier, readyTimeout: readyMs, keepaliveInterval: 10_000 },
      ...(types.length > 0 && { algorithms: { serverHostKey: types as never } }),
      ...(this.identity.agent !== undefined && { agent: this.identity.agent }),
      ...this.#key()
    }
    return new Promise((resolve, reject) => {
      const client = new ssh.Client()
      client.on('error', (error: Error & { readonly level?: string }) => {
        if (refusal) return reject(refusal)
        reject(
          error.level === 'client-authentication' ? this.refused(error.message) : this.#cut(error.message)
        )
      })
      client.on('close', () => {
        this.#line = null
        reject(refusal ?? this.#cut('closed'))
      })
      client.on('ready', () =>
        client.sftp((error, sftp) =>
          error ? reject(this.refused(error.message)) : resolve({ client, sftp })
        )
      )
      client.connect(config)
    })
  }

  /** The first that can be read; one with a passphrase is the agent's to use. */
  #key(): { readonly privateKey?: Buffer } {
    for (const name of keyNames) {
      const file = join(this.identity.sshDir, name)
      if (existsSync(file)) return { privateKey: readFileSync(file) }
    }
    return {}
  }

  #knownHosts(): string {
    const file = join(this.identity.sshDir, 'known_hosts')
    return existsSync(file) ? readFileSync(file, 'utf8') : ''
  }
}

/** Of RSA keys the signatures are newer than the keys. */
const signaturesOf = (type: string): readonly string[] =>
  type === 'ssh-rsa' ? ['rsa-sha2-512', 'rsa-sha2-256'] : [type]
