// A machine elsewhere, played by a folder on this disk: what is sent lies in it, what it leaves is written by the test,
// and its network can be cut.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync
} from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { createHash } from 'node:crypto'
import { NeiroError } from '../../../main/contract/errors'
import type { Ticket, Transport } from '../../../main/services/runners/transport'

export class PlayedPlace implements Transport {
  cut = false
  alive = true
  why = ''
  begun: string[][] = []
  pauses = 0
  /** what happens there between two looks, one after the other */
  readonly script: (() => void)[] = []
  standing = false

  constructor(readonly output: string) {
    mkdirSync(output, { recursive: true })
  }

  async begin(folder: string, key: string, onTicket: (ticket: Ticket) => Promise<void>): Promise<Ticket> {
    this.#reach()
    const ticket = { job: `${key}-${this.begun.length + 1}` }
    await onTicket(ticket)
    this.begun.push(filesIn(folder))
    this.alive = true
    return ticket
  }

  async goOn(ticket: Ticket): Promise<Ticket | null> {
    this.#reach()
    return this.standing ? ticket : null
  }

  async look(): Promise<{ alive: boolean; why: string }> {
    this.script.shift()?.()
    this.#reach()
    return { alive: this.alive, why: this.why }
  }

  async read(_: Ticket, name: string): Promise<string | null> {
    this.#reach()
    const file = join(this.output, name)
    return existsSync(file) ? readFileSync(file, 'utf8') : null
  }

  async fetch(_: Ticket, name: string, into: string): Promise<void> {
    this.#reach()
    if (!existsSync(join(this.output, name))) throw new NeiroError('RESULT_NOT_WHOLE', { file: name })
    copyFileSync(join(this.output, name), into)
  }

  async pause(): Promise<void> {
    this.#reach()
    this.pauses++
  }

  close(): void {
    // nothing is open
  }

  #reach(): void {
    if (this.cut) throw new NeiroError('PLACE_UNREACHABLE', { place: 'played', reason: 'cut' })
  }

  // what train.py leaves

  tells(state: string, step: number, checkpoint = 0, error?: string): void {
    const status = { state, step, total_steps: 10, checkpoint, ...(error && { error }) }
    this.write('status.json', JSON.stringify(status))
  }

  lines(...steps: readonly number[]): void {
    const text = steps.map((step) => `${JSON.stringify(stepLine(step))}\n`).join('')
    this.write('metrics.jsonl', text)
  }

  sealed(name: string, files: Readonly<Record<string, string>>): void {
    const entries = Object.entries(files).map(([file, content]) => {
      this.write(`${name}/${file}`, content)
      return { name: file, size: content.length, sha256: createHash('sha256').update(content).digest('hex') }
    })
    this.write(`${name}/sealed.json`, JSON.stringify({ files: entries }))
  }

  write(name: string, content: string): void {
    mkdirSync(dirname(join(this.output, name)), { recursive: true })
    writeFileSync(join(this.output, name), content)
  }
}

export const stepLine = (step: number) => ({
  kind: 'step' as const,
  ...{ step, time: '2026-11-29T00:00:00.000Z', epoch: step / 5, figures: { loss: 3 - step / 10 } },
  ...{ tokens: 10, learntTokens: 5, seconds: 0.1, skipped: false }
})

export const adapterThere = {
  'adapter_config.json': JSON.stringify({ peft_type: 'LORA', base_model_name_or_path: '/there/model', r: 4 }),
  'adapter_model.safetensors': 'weights',
  'README.md': 'written there'
}

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => relative('.', name))
    .filter((name) => statSync(join(folder, name)).isFile())
    .sort()
