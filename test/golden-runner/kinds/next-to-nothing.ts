// Values whose gradient is nothing but rounding beside those of their tensor: AdamW divides it by its own size, so that
// two right programs move such a value differently, and all that follows hangs on it. While the weights stand where they
// stood, the gradient is the case's own (grad.*): these few values are put where AdamW takes them by that, and everything
// else is then compared as it is.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Session, StepOptions } from '../../../addon/index'

/** of its tensor's largest: below, F32 sums in another order give another gradient */
const smallest = 2e-5

/** steps: so many were taken by this gradient, all but the last at a learning rate of 0. before: the state file of the
 *  time before the first of them. */
export async function takeGradientOf(
  session: Session,
  gradients: ReadonlyMap<string, Float32Array>,
  norm: number,
  steps: number,
  { learningRate, weightDecay, beta1, beta2, epsilon, maxGradNorm }: StepOptions,
  before: StateFile
): Promise<void> {
  const after = await StateFile.of(session)
  const clip = Math.min(1, maxGradNorm / (norm + 1e-6))
  for (const [name, gradient] of gradients) {
    const largest = gradient.reduce((most, one) => Math.max(most, Math.abs(one)), 0)
    gradient.forEach((one, at) => {
      if (one === 0 || Math.abs(one) >= smallest * largest) return
      const g = one * clip
      const w = before.value('param', name, at) * (1 - learningRate * weightDecay)
      after.set('param', name, at, w - (learningRate * g) / (Math.abs(g) + epsilon))
      after.set('exp_avg', name, at, (1 - beta1 ** steps) * g)
      after.set('exp_avg_sq', name, at, (1 - beta2 ** steps) * g * g)
    })
  }
  await after.intoSession(session)
}

type Places = Readonly<Record<string, { readonly data_offsets: readonly [number, number] }>>

/** What saveState writes, its numbers by name and place. */
export class StateFile {
  readonly #begin: number
  readonly #places: Places

  private constructor(private readonly bytes: Buffer) {
    this.#begin = 8 + Number(bytes.readBigUInt64LE(0))
    this.#places = JSON.parse(bytes.toString('utf8', 8, this.#begin)) as Places
  }

  static of(session: Session): Promise<StateFile> {
    return withFile(async (file) => {
      await session.saveState(file)
      return new StateFile(readFileSync(file))
    })
  }

  intoSession(session: Session): Promise<void> {
    return withFile(async (file) => {
      writeFileSync(file, this.bytes)
      await session.loadState(file)
    })
  }

  value(what: string, name: string, at: number): number {
    return this.bytes.readFloatLE(this.#place(what, name, at))
  }

  set(what: string, name: string, at: number, value: number): void {
    this.bytes.writeFloatLE(value, this.#place(what, name, at))
  }

  #place(what: string, name: string, at: number): number {
    const place = this.#places[`${what}.${name}`]
    if (!place) throw new Error(`the state has no ${what}.${name}`)
    return this.#begin + place.data_offsets[0] + 4 * at
  }
}

async function withFile<T>(use: (file: string) => Promise<T>): Promise<T> {
  const dir = mkdtempSync(join(tmpdir(), 'neiro-golden-'))
  try {
    return await use(join(dir, 'state.safetensors'))
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}
