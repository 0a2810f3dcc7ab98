// Ray's Jobs API and its log files, as the dashboard of a cluster gives them over HTTP (Ray 2.60): the calls that a training
// needs, each with its answer checked. https://docs.ray.io/en/latest/cluster/running-applications/job-submission/rest.html
import { createWriteStream } from 'node:fs'
import http, { type IncomingMessage } from 'node:http'
import https from 'node:https'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import { NeiroError } from '../../../contract/errors'
import type { Package } from './packages'

const jobSchema = z.object({
  status: z.enum(['PENDING', 'RUNNING', 'STOPPED', 'SUCCEEDED', 'FAILED']),
  message: z.string().nullish(),
  driver_node_id: z.string().nullish()
})
export type RayJob = z.infer<typeof jobSchema>

const nodesSchema = z.object({
  data: z.object({
    summary: z.array(
      z.object({
        raylet: z.object({ isHeadNode: z.boolean().nullish() }),
        /** bytes: all, and those that are free */
        mem: z.array(z.number()).nullish()
      })
    )
  })
})

export interface RayJobRequest {
  readonly entrypoint: string
  readonly submissionId: string
  /** names of packages that were put */
  readonly workingDir: string
  readonly pieces: readonly string[]
  readonly env: Readonly<Record<string, string>>
}

type Answer = IncomingMessage

interface Sent {
  readonly body?: string | Buffer
  readonly headers?: Readonly<Record<string, string>>
  /** milliseconds */
  readonly most?: number
}

/** of what is read as text, bytes: a million lines of metrics have a quarter of that */
const mostText = 2 ** 30

/** What a node may take to lay out the packages: Ray's own ten minutes are few for gigabytes. */
const layingOutSeconds = 3600

/** a dashboard that does not answer is as good as none, milliseconds */
const patience = 30_000

export class RayClient {
  readonly #address: string

  constructor(address: string) {
    let end = address.length
    while (address[end - 1] === '/') end--
    this.#address = address.slice(0, end)
  }

  async hasPackage(name: string): Promise<boolean> {
    const answer = await this.#ask('GET', `/api/packages/gcs/${name}`)
    answer.resume()
    return isGood(answer)
  }

  async putPackage({ name, content }: Package): Promise<void> {
    await this.#good(
      await this.#ask('PUT', `/api/packages/gcs/${name}`, {
        body: content,
        headers: { 'content-type': 'application/octet-stream', 'content-length': String(content.length) },
        // ten seconds a megabyte at the very least
        most: patience + Math.ceil(content.length / 100)
      })
    )
  }

  /** Of the head, which hands packages out from its memory, bytes; null: it does not say (yet). */
  async freeMemory(): Promise<number | null> {
    const said = await this.#good(await this.#ask('GET', '/nodes?view=summary'))
    const nodes = nodesSchema.safeParse(jsonOf(said)).data?.data.summary ?? []
    return nodes.find(({ raylet }) => raylet.isHeadNode)?.mem?.[1] ?? null
  }

  async submit({ entrypoint, submissionId, workingDir, pieces, env }: RayJobRequest): Promise<void> {
    const body = JSON.stringify({
      entrypoint,
      submission_id: submissionId,
      runtime_env: {
        working_dir: `gcs://${workingDir}`,
        // an empty list is taken for a package without a name
        ...(pieces.length > 0 && { py_modules: pieces.map((name) => `gcs://${name}`) }),
        env_vars: env,
        config: { setup_timeout_seconds: layingOutSeconds }
      },
      metadata: { by: 'neiro' }
    })
    const headers = { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) }
    await this.#good(await this.#ask('POST', '/api/jobs/', { body, headers }))
  }

  /** null: the cluster knows no such job (any more). */
  async job(id: string): Promise<RayJob | null> {
    const answer = await this.#ask('GET', `/api/jobs/${id}`)
    if (answer.statusCode === 404) {
      answer.resume()
      return null
    }
    const said = await this.#good(answer)
    const job = jobSchema.safeParse(jsonOf(said))
    if (job.success) return job.data
    throw this.#refused(200, 'no Jobs API of Ray')
  }

  async stop(id: string): Promise<void> {
    const answer = await this.#ask('POST', `/api/jobs/${id}/stop`)
    if (answer.statusCode === 404) answer.resume()
    else await this.#good(answer)
  }

  /** A small file below the logs of a node, whole; null: it is not there. */
  async text(nodeId: string, name: string): Promise<string | null> {
    const answer = await this.#file(nodeId, name)
    return answer && this.#text(answer)
  }

  async fetch(nodeId: string, name: string, into: string): Promise<void> {
    const answer = await this.#file(nodeId, name)
    if (answer === null) throw new NeiroError('RESULT_NOT_WHOLE', { file: name })
    const file = createWriteStream(into)
    await pipeline(answer, file).catch((error: unknown) => {
      throw file.errored && !answer.destroyed ? error : this.#unreachable(error)
    })
  }

  async #file(nodeId: string, name: string): Promise<Answer | null> {
    const asked = new URLSearchParams({ node_id: nodeId, filename: name, lines: '-1', timeout: '60' })
    const answer = await this.#ask('GET', `/api/v0/logs/file?${asked}`, { most: 600_000 })
    if (isGood(answer)) return answer
    const said = await this.#text(answer)
    if (/not found|FileNotFound|Unable to find/i.test(said)) return null
    throw this.#refused(answer.statusCode ?? 0, said)
  }

  /** Not by fetch: its headers look like a browser's, which Ray's dashboard lets change nothing. */
  #ask(method: string, path: string, { body, headers = {}, most = patience }: Sent = {}): Promise<Answer> {
    const url = new URL(`${this.#address}${path}`)
    const { request } = url.protocol === 'https:' ? https : http
    return new Promise((resolve, reject) => {
      const fail = (error: unknown): void => reject(this.#unreachable(error))
      const sent = request(url, { method, headers, signal: AbortSignal.timeout(most) }, resolve)
      sent.on('error', fail)
      sent.end(body)
    })
  }

  /** To its end, as text. */
  async #text(answer: Answer, most = mostText): Promise<string> {
    const parts: Buffer[] = []
    let size = 0
    try {
      for await (const part of answer as AsyncIterable<Buffer>) {
        parts.push(part)
        if ((size += part.length) > most) throw this.#refused(200, 'an endless answer')
      }
    } catch (error) {
      throw this.#unreachable(error)
    }
    return Buffer.concat(parts).toString('utf8')
  }

  /** The text of an answer that is one. */
  async #good(answer: Answer): Promise<string> {
    const said = await this.#text(answer)
    if (isGood(answer)) return said
    throw this.#refused(answer.statusCode ?? 0, said)
  }

  #refused(status: number, said: string): NeiroError {
    // what stands before the dashboard says so while there is none behind it
    if (status === 502 || status === 503 || status === 504)
      return new NeiroError('PLACE_UNREACHABLE', { place: this.#address, reason: String(status) })
    const last = said.trim().split('\n').at(-1) ?? ''
    return new NeiroError('PLACE_REFUSED', {
      place: this.#address,
      reason: `${status} ${last.slice(0, 300)}`
    })
  }

  /** What the network did; anything else is a fault of ours. */
  #unreachable(error: unknown): unknown {
    const { code, message, name } = error as NodeJS.ErrnoException
    if (code === undefined && name !== 'AbortError') return error
    return new NeiroError('PLACE_UNREACHABLE', {
      place: this.#address,
      reason: code === 'ABORT_ERR' ? 'timeout' : (code ?? message)
    })
  }
}

const isGood = ({ statusCode = 0 }: Answer): boolean => statusCode >= 200 && statusCode < 300

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
