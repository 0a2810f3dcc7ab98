// A training on a Ray cluster: the generated folder as the job's working directory, ray_driver.py in it as the job; what
// it leaves is read through the cluster's log files, so that one port is enough and no disk is shared.
import { NeiroError } from '../../../contract/errors'
import { megabytes } from '../leaving'
import type { Ticket, Transport } from '../transport'
import { bytesInPieces, packagesOf } from './packages'
import { RayClient } from './ray-client'

/** What a job may take to save before Ray ends it, seconds: Ray's own three are too few for a checkpoint. */
const savingSeconds = '600'
/** of the head's free memory, for what it hands out */
const mostOfMemory = 0.5
const mostRounds = 3

export class RayTransport implements Transport {
  readonly #client: RayClient

  constructor(readonly address: string) {
    this.#client = new RayClient(address)
  }

  async begin(folder: string, key: string, onTicket: (ticket: Ticket) => Promise<void>): Promise<Ticket> {
    await this.#checkRoom(folder)
    const packages = await this.#send(folder)
    const job = `neiro-${key}-${Date.now().toString(36)}`
    // told first: a job that was begun is never lost sight of
    await onTicket({ job })
    await this.#client.submit({
      entrypoint: `python ray_driver.py ${job}`,
      submissionId: job,
      ...packages,
      env: { RAY_JOB_STOP_WAIT_TIME_S: savingSeconds, PYTHONUNBUFFERED: '1' }
    })
    return { job }
  }

  /** A job of Ray that has ended stays ended: what came home of it goes along with a new one. One that is still at work is
   *  gone on with. */
  async goOn(ticket: Ticket): Promise<Ticket | null> {
    const job = await this.#client.job(jobOf(ticket))
    return job?.status === 'RUNNING' || job?.status === 'PENDING' ? ticket : null
  }

  async look(ticket: Ticket): Promise<{ alive: boolean; why: string }> {
    const job = await this.#client.job(jobOf(ticket))
    const alive = job?.status === 'RUNNING' || job?.status === 'PENDING'
    const said = job?.message?.trim().split('\n').at(-1)
    return { alive, why: job === null ? 'the cluster does not know it any more' : (said ?? job.status) }
  }

  async read(ticket: Ticket, name: string): Promise<string | null> {
    const node = await this.#node(ticket)
    return node === null ? null : this.#client.text(node, `${folderOf(ticket)}/${name}`)
  }

  async fetch(ticket: Ticket, name: string, into: string): Promise<void> {
    const node = await this.#node(ticket)
    if (node === null) throw new NeiroError('RESULT_NOT_WHOLE', { file: name })
    await this.#client.fetch(node, `${folderOf(ticket)}/${name}`, into)
  }

  pause(ticket: Ticket): Promise<void> {
    return this.#client.stop(jobOf(ticket))
  }

  close(): void {
    // nothing is kept open
  }

  /** Before anything leaves. Throws PLACE_TOO_SMALL. */
  async #checkRoom(folder: string): Promise<void> {
    const needed = await bytesInPieces(folder)
    const free = needed === 0 ? null : await this.#client.freeMemory()
    if (free !== null && needed > free * mostOfMemory)
      throw new NeiroError('PLACE_TOO_SMALL', {
        place: this.address,
        needed: megabytes(needed),
        free: megabytes(free)
      })
  }

  /** Answers with the names. A cluster forgets a package that no job has asked for in ten minutes; to ask for it renews them. */
  async #send(folder: string): Promise<{ readonly workingDir: string; readonly pieces: readonly string[] }> {
    for (let round = 1; ; round++) {
      const pieces: string[] = []
      let [workingDir, sent] = ['', 0]
      for await (const { isPiece, ...one } of packagesOf(folder)) {
        if (isPiece) pieces.push(one.name)
        else workingDir = one.name
        if (await this.#client.hasPackage(one.name)) continue
        await this.#client.putPackage(one)
        sent++
      }
      // one that is alone is there; of many the first may be forgotten by the time that the last has come
      if (sent === 0 || pieces.length === 0 || round === mostRounds) return { workingDir, pieces }
    }
  }

  async #node(ticket: Ticket): Promise<string | null> {
    return (await this.#client.job(jobOf(ticket)))?.driver_node_id ?? null
  }
}

const jobOf = (ticket: Ticket): string => ticket['job'] ?? ''
/** below the logs of the driver's node, as ray_driver.py makes it */
const folderOf = (ticket: Ticket): string => `neiro/${jobOf(ticket)}`
