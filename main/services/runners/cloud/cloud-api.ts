// OpenAI's fine-tuning API, at OpenAI or in an Azure resource, by OpenAI's own client: the calls that a training and its
// result need, each answer checked. The client is loaded when it is first needed. It tries nothing again by itself: what
// sends something twice is decided, and said, by who calls.
import { openAsBlob } from 'node:fs'
import { File } from 'node:buffer'
import type OpenAI from 'openai'
import { z } from 'zod'
import type { RemotePlace } from '../../../contract/elsewhere'
import { NeiroError } from '../../../contract/errors'
import { placeName } from '../places'
import { cloudError } from './cloud-error'
import { readEvent, type CloudEvent } from './cloud-events'
import { fetchBy, type WayOut } from './cloud-fetch'

export interface CloudAccess {
  readonly place: RemotePlace
  readonly key: string
  /** of Azure; null: its v1 API */
  readonly apiVersion: string | null
  readonly way: WayOut
}

/** of the job, as far as it is asked; a word that is new is no end of it */
const jobSchema = z.object({
  id: z.string(),
  status: z.string(),
  model: z.string().nullish(),
  fine_tuned_model: z.string().nullish(),
  training_file: z.string().nullish(),
  trained_tokens: z.number().nullish(),
  estimated_finish: z.number().nullish(),
  error: z.object({ code: z.string().nullish(), message: z.string().nullish() }).nullish()
})
export type CloudJob = z.infer<typeof jobSchema>

const fileSchema = z.object({
  id: z.string(),
  filename: z.string().nullish(),
  bytes: z.number().nullish(),
  status: z.string().nullish(),
  status_details: z.string().nullish()
})
export type CloudFile = z.infer<typeof fileSchema>

const checkpointSchema = z.object({ step_number: z.number(), fine_tuned_model_checkpoint: z.string() })
export type CloudCheckpoint = z.infer<typeof checkpointSchema>

const answerSchema = z.object({
  choices: z.array(
    z.object({
      message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
      finish_reason: z.string().nullish()
    })
  ),
  usage: z.object({ prompt_tokens: z.number() }).nullish()
})

export interface CloudJobRequest {
  readonly model: string
  readonly training_file: string
  readonly validation_file?: string
  readonly suffix: string
  readonly seed: number
  readonly method: NonNullable<OpenAI.FineTuning.JobCreateParams['method']>
}

export interface CloudMessage {
  readonly role: 'system' | 'user' | 'assistant'
  readonly content: string
}

/** What of it a service can be told. */
export interface CloudSampling {
  readonly temperature: number
  readonly topP: number
  readonly seed: number
}

/** milliseconds that one answer may take; of a file more, by its size */
const patience = 60_000
/** of a list that is looked through for what was begun before */
const mostLooked = 500

export class CloudApi {
  #client: Promise<OpenAI> | null = null
  readonly #place: string

  constructor(private readonly access: CloudAccess) {
    this.#place = placeName(access.place)
  }

  /** A file that is there whole under this name; null: none is. */
  async findFile(name: string, bytes: number): Promise<CloudFile | null> {
    return this.#said(async (client) => {
      let looked = 0
      for await (const one of client.files.list({ purpose: 'fine-tune' })) {
        const file = fileSchema.safeParse(one).data
        if (file?.filename === name && file.bytes === bytes && file.status !== 'error') return file
        if (++looked >= mostLooked) return null
      }
      return null
    })
  }

  async file(id: string): Promise<CloudFile> {
    return this.#said(async (client) => fileSchema.parse(await client.files.retrieve(id)))
  }

  /** Read from the disk as it is sent. */
  async upload(path: string, name: string, bytes: number, signal: AbortSignal): Promise<CloudFile> {
    return this.#said(async (client) => {
      const file = new File([await openAsBlob(path)], name, { type: 'application/jsonl' })
      // ten seconds a megabyte at the very least
      const timeout = patience + Math.ceil(bytes / 100)
      return fileSchema.parse(
        await client.files.create({ file: file as never, purpose: 'fine-tune' }, { timeout, signal })
      )
    })
  }

  async createJob(request: CloudJobRequest): Promise<CloudJob> {
    return this.#said(async (client) => jobSchema.parse(await client.fineTuning.jobs.create(request)))
  }

  /** The newest job that learns from this file; null: none does. */
  async findJob(trainingFile: string, besides: readonly string[]): Promise<CloudJob | null> {
    return this.#said(async (client) => {
      let looked = 0
      for await (const one of client.fineTuning.jobs.list({ limit: 100 })) {
        const job = jobSchema.safeParse(one).data
        if (job?.training_file === trainingFile && !besides.includes(job.id)) return job
        if (++looked >= mostLooked) return null
      }
      return null
    })
  }

  async job(id: string): Promise<CloudJob> {
    return this.#said(async (client) => jobSchema.parse(await client.fineTuning.jobs.retrieve(id)))
  }

  /** What is newer than those that are known, oldest first: page by page, as the service gives them. */
  async eventsSince(id: string, isKnown: (event: string) => boolean): Promise<readonly CloudEvent[]> {
    return this.#said(async (client) => {
      const fresh: CloudEvent[] = []
      for await (const one of client.fineTuning.jobs.listEvents(id, { limit: 100 })) {
        const event = readEvent(one)
        if (event && isKnown(event.id)) break
        if (event) fresh.push(event)
      }
      return fresh.reverse()
    })
  }

  /** Newest first. */
  async checkpoints(id: string): Promise<readonly CloudCheckpoint[]> {
    return this.#said(async (client) => {
      const found: CloudCheckpoint[] = []
      for await (const one of client.fineTuning.jobs.checkpoints.list(id)) {
        const checkpoint = checkpointSchema.safeParse(one).data
        if (checkpoint) found.push(checkpoint)
      }
      return found.sort((a, b) => b.step_number - a.step_number)
    })
  }

  async pause(id: string): Promise<void> {
    await this.#said((client) => client.fineTuning.jobs.pause(id))
  }

  async resume(id: string): Promise<void> {
    await this.#said((client) => client.fineTuning.jobs.resume(id))
  }

  async cancel(id: string): Promise<void> {
    await this.#said((client) => client.fineTuning.jobs.cancel(id))
  }

  /** An answer to a conversation; sampling: absent: the likeliest one. '' where it says nothing. */
  async answer(
    model: string,
    messages: readonly CloudMessage[],
    {
      maxNewTokens,
      sampling = { temperature: 0, topP: 1, seed: 0 },
      signal
    }: { readonly maxNewTokens: number; readonly sampling?: CloudSampling; readonly signal: AbortSignal }
  ): Promise<{ readonly text: string; readonly promptTokens: number }> {
    const { place, apiVersion } = this.access
    // the dated versions of Azure know the older word alone
    const most =
      place.kind === 'azure' && apiVersion !== null
        ? { max_tokens: maxNewTokens }
        : { max_completion_tokens: maxNewTokens }
    return this.#said(async (client) => {
      const { temperature, topP, seed } = sampling
      const how = { temperature, seed, ...(topP < 1 && { top_p: topP }), ...most }
      const asked = { model, messages: [...messages], ...how }
      const said = answerSchema.parse(await client.chat.completions.create(asked, { signal }))
      const [first] = said.choices
      if (first?.finish_reason === 'content_filter')
        throw new NeiroError('CLOUD_CONTENT_REFUSED', { place: this.#place, reason: 'content_filter' })
      return {
        text: first?.message.content ?? first?.message.refusal ?? '',
        promptTokens: said.usage?.prompt_tokens ?? 0
      }
    })
  }

  /** Throws as cloudError has it, and where the answer is none that is known. */
  async #said<T>(work: (client: OpenAI) => Promise<T>): Promise<T> {
    try {
      this.#client ??= connected(this.access)
      return await work(await this.#client)
    } catch (error) {
      throw cloudError(
        error instanceof z.ZodError ? { status: 400, message: 'no answer of OpenAI’s API' } : error,
        this.#place
      )
    }
  }
}

async function connected({ place, key, apiVersion, way }: CloudAccess): Promise<OpenAI> {
  const { OpenAI, AzureOpenAI } = await import('openai')
  const usual = {
    apiKey: key,
    maxRetries: 0,
    timeout: patience,
    // nothing of the environment decides where it goes
    ...{ organization: null, project: null, logLevel: 'off' as const },
    fetch: fetchBy(way)
  }
  const where = withoutSlash(place.where)
  if (place.kind !== 'azure') return new OpenAI({ ...usual, baseURL: where === '' ? openAiUrl : where })
  if (apiVersion === null) return new OpenAI({ ...usual, baseURL: `${where}/openai/v1` })
  return new AzureOpenAI({ ...usual, endpoint: where, apiVersion })
}

const openAiUrl = 'https://api.openai.com/v1'

function withoutSlash(text: string): string {
  let end = text.length
  while (text[end - 1] === '/') end--
  return text.slice(0, end)
}
