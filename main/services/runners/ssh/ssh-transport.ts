// A training on a machine that can be reached by SSH: the generated folder by SFTP, start.sh in it, and what it leaves read
// by SFTP. It goes on without us; a closed laptop is no end.
import { stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { NeiroError } from '../../../contract/errors'
import { filesIn } from '../../../files/files-in'
import type { Ticket, Transport } from '../transport'
import { ownIdentity, readAddress, SshLine, type SshAddress, type SshIdentity } from './ssh-line'

/** of what is read as text, bytes */
const mostText = 2 ** 28

export class SshTransport implements Transport {
  readonly #address: SshAddress
  readonly #line: SshLine

  constructor(where: string, identity: SshIdentity = ownIdentity()) {
    this.#address = readAddress(where)
    this.#line = new SshLine(this.#address, identity)
  }

  async begin(folder: string, key: string, onTicket: (ticket: Ticket) => Promise<void>): Promise<Ticket> {
    const dir = `${this.#address.dir}/${key}`
    const staging = `${dir}.sending`
    await this.#line.run(`rm -rf ${quoted(staging)} && mkdir -p ${quoted(staging)}`)
    try {
      await this.#checkRoom(folder, staging)
      await this.#send(folder, staging)
    } catch (error) {
      if (isRefused(error)) await this.#giveUp(folder, staging)
      throw error
    }
    // one that stands there was another attempt, and is at rest or was never begun
    await this.#line.run(`rm -rf ${quoted(dir)} && mv ${quoted(staging)} ${quoted(dir)}`)
    const ticket = { dir }
    await onTicket(ticket)
    await this.#start(dir)
    return ticket
  }

  async goOn(ticket: Ticket): Promise<Ticket | null> {
    const dir = dirOf(ticket)
    const there = await this.#line.file((sftp, done) => sftp.stat(`${dir}/recipe.json`, done))
    if (there === null) return null
    if (!(await this.look(ticket)).alive) await this.#start(dir)
    return ticket
  }

  async look(ticket: Ticket): Promise<{ alive: boolean; why: string }> {
    const output = quoted(`${dirOf(ticket)}/output`)
    const said = await this.#line.run(
      `cd ${output} 2>/dev/null && kill -0 "$(cat pid)" 2>/dev/null && echo alive || { tail -n 1 ${output}/log.txt 2>/dev/null; true; }`
    )
    return said.trim() === 'alive' ? { alive: true, why: '' } : { alive: false, why: said.trim().slice(-300) }
  }

  async read(ticket: Ticket, name: string): Promise<string | null> {
    const file = `${dirOf(ticket)}/output/${name}`
    const stats = await this.#line.file<{ size: number }>((sftp, done) => sftp.stat(file, done))
    if (stats === null) return null
    if (stats.size > mostText) throw this.#line.refused(`${name}: ${stats.size} bytes`)
    const content = await this.#line.file<Buffer>((sftp, done) => sftp.readFile(file, done))
    return content?.toString('utf8') ?? null
  }

  async fetch(ticket: Ticket, name: string, into: string): Promise<void> {
    const file = `${dirOf(ticket)}/output/${name}`
    const done = await this.#line.file<true>((sftp, end) =>
      sftp.fastGet(file, into, (error) => end(error, true))
    )
    if (done === null) throw new NeiroError('RESULT_NOT_WHOLE', { file: name })
  }

  async pause(ticket: Ticket): Promise<void> {
    await this.#line.file<void>((sftp, done) =>
      sftp.writeFile(`${dirOf(ticket)}/output/stop`, '', (error) => done(error))
    )
  }

  close(): void {
    this.#line.close()
  }

  async #send(folder: string, into: string): Promise<void> {
    const names = await filesIn(folder)
    const folders = [...new Set(names.map((name) => dirname(name)))].map((name) => quoted(`${into}/${name}`))
    await this.#line.run(`mkdir -p ${folders.join(' ')}`)
    for (const name of names)
      await this.#line.file<void>((sftp, done) =>
        sftp.fastPut(join(folder, name), `${into}/${name}`, (error) => done(error))
      )
  }

  /** Nothing of it stays there. SFTP has no word for a disk that is full: it is looked at. Throws PLACE_FULL. */
  async #giveUp(folder: string, staging: string): Promise<void> {
    try {
      await this.#checkRoom(folder, staging)
    } finally {
      await this.#line.run(`rm -rf ${quoted(staging)}`).catch(() => undefined)
    }
  }

  /** Throws PLACE_FULL. A machine that cannot say what is free is believed to have room. */
  async #checkRoom(folder: string, there: string): Promise<void> {
    const needed = await bytesOf(folder)
    const free = await this.#line.freeBytes(there)
    if (free !== null && needed > free) throw this.#line.full(needed, free)
  }

  async #start(dir: string): Promise<void> {
    await this.#line.run(`sh ${quoted(`${dir}/start.sh`)}`)
  }
}

const dirOf = (ticket: Ticket): string => ticket['dir'] ?? ''

/** As a POSIX shell takes it back. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

const isRefused = (error: unknown): boolean =>
  error instanceof NeiroError && (error.code === 'PLACE_REFUSED' || error.code === 'PLACE_FULL')

async function bytesOf(folder: string): Promise<number> {
  const sizes = (await filesIn(folder)).map(async (name) => (await stat(join(folder, name))).size)
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
}
