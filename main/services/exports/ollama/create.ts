// A GGUF file becomes a model of the Ollama on this machine: its hash, the file where Ollama has it not yet, and what is
// said of it. Nothing is sent that was not shown.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { OllamaClient } from './client'
import type { OllamaModel } from './modelfile'

export type CreateStage = 'hash' | 'send' | 'create'

export interface CreateListener {
  readonly signal?: AbortSignal
  /** 0..1 of the stage */
  readonly onProgress?: (stage: CreateStage, progress: number) => void
}

/** Lower-case letters, digits and few signs: what Ollama takes for a name without doubt. */
export const ollamaName = /^[a-z0-9](?:[a-z0-9._-]{0,78}[a-z0-9])?$/

/** Of what the user called it; a name of its own where nothing of that can stay. */
export function suggestedName(...words: readonly string[]): string {
  const kept = words
    .join('-')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^a-z0-9._]+/g, '-')
    .slice(0, 60)
    .split(/[-._]/)
    .filter((word) => word !== '')
    .join('-')
  return `neiro-${kept === '' ? 'model' : kept}`
}

export async function createInOllama(
  client: OllamaClient,
  { name, file, model }: { readonly name: string; readonly file: string; readonly model: OllamaModel },
  { signal, onProgress }: CreateListener = {}
): Promise<void> {
  const { size } = await stat(file)
  const share = (done: number): number => (size === 0 ? 1 : done / size)
  const digest = await digestOf(file, (done) => onProgress?.('hash', share(done)), signal)
  if (!(await client.hasBlob(digest, signal)))
    await client.sendBlob(digest, file, size, {
      signal,
      onBytes: (sent) => onProgress?.('send', share(sent))
    })
  onProgress?.('create', 0)
  const { template, system, stops, context, licence } = model
  await client.create(
    {
      model: name,
      files: { 'model.gguf': digest },
      ...(template !== null && { template }),
      ...(system !== '' && { system }),
      ...(licence !== null && { license: licence }),
      parameters: { stop: stops, num_ctx: context }
    },
    () => undefined,
    signal
  )
  onProgress?.('create', 1)
}

async function digestOf(
  file: string,
  onBytes: (done: number) => void,
  signal: AbortSignal | undefined
): Promise<string> {
  const hash = createHash('sha256')
  let done = 0
  for await (const part of createReadStream(file, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    signal?.throwIfAborted()
    hash.update(part)
    onBytes((done += part.length))
  }
  return `sha256:${hash.digest('hex')}`
}
