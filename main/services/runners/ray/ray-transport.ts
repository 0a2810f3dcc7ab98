// A training on a Ray cluster: the generated folder as the job's working directory, ray_driver.py in it as the job; what
// it leaves is read through the cluster's log files, so that one port is enough and no disk is shared.
import { NeiroError } from '../../../contract/errors'
import { remove } from '../../../files/moving'
import type { Ticket, Transport } from '../transport'
import { RayClient } from './ray-client'
import { zipFolder } from './zip-folder'

/** What a job may take to save before Ray ends it, seconds: Ray's own three are too few for a checkpoint. */
const savingSeconds = '600'

export class RayTransport implements Transport {
  readonly #client: RayClient

  constructor(address: string) {
    this.#client = new RayClient(address)
  }

  async begin(folder: string, key: string, onTicket: (ticket: Ticket) => Promise<void>): Promise<Ticket> {
    const zip = `${folder}.zip`
    try {
      const mark = await zipFolder(folder, zip)
      const name = `_ray_pkg_neiro_${mark.slice(0, 32)}.zip`
      if (!(await this.#client.hasPackage(name))) await this.#client.putPackage(name, zip)
      const job = `neiro-${key}-${Date.now().toString(36)}`
      // told first: a job that was begun is never lost sight of
      await onTicket({ job })
      await this.#client.submit({
        entrypoint: `python ray_driver.py ${job}`,
        submissionId: job,
        workingDir: `gcs://${name}`,
        env: { RAY_JOB_STOP_WAIT_TIME_S: savingSeconds, PYTHONUNBUFFERED: '1' }
      })
      return { job }
    } finally {
      await remove(zip)
    }
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

  async #node(ticket: Ticket): Promise<string | null> {
    return (await this.#client.job(jobOf(ticket)))?.driver_node_id ?? null
  }
}

const jobOf = (ticket: Ticket): string => ticket['job'] ?? ''
/** below the logs of the driver's node, as ray_driver.py makes it */
const folderOf = (ticket: Ticket): string => `neiro/${jobOf(ticket)}`
