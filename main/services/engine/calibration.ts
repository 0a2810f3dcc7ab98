// How fast this machine multiplies, its processor and its GPU, measured once and kept (calibration.json of the data
// folder): a second of work that nobody should wait for twice. Measured anew after 30 days, or on another processor.
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import type { Probe } from '../../../addon/index'
import type { TrainerCaller } from '../../contract/trainer-protocol'
import { writeFileWhole } from '../../files/whole-file'
import type { ProductSpeed } from '../runs/estimate-time'

const validDays = 30

const speedSchema = z.object({
  measuredAt: z.string(),
  productGflopsF32: z.number().positive(),
  productGflopsNf4: z.number().positive(),
  productGflopsBf16: z.number().positive(),
  productGflopsNf4Bf16: z.number().positive(),
  productGflopsInt8: z.number().positive(),
  productGflopsInt8Bf16: z.number().positive(),
  /** absent in a file of before there were any */
  productGflopsInInt8: z.number().nonnegative().default(0)
})

const schema = z.object({
  version: z.literal(1),
  processorName: z.string(),
  processors: z.number(),
  backend: z.string(),
  engine: z.string(),
  speeds: z.record(
    // threads; 0 = one per processor
    z.string(),
    speedSchema
  ),
  /** by name; absent in a file of before there were any */
  gpus: z.record(z.string(), speedSchema).default({})
})
type Stored = z.infer<typeof schema>

interface Measured {
  readonly table: 'speeds' | 'gpus'
  readonly name: string
  readonly threads: number
}

export class Calibration {
  readonly #measuring = new Map<string, Promise<ProductSpeed>>()
  #last: Promise<unknown> = Promise.resolve()

  constructor(
    private readonly file: string,
    private readonly engine: TrainerCaller,
    private readonly now: () => number = Date.now
  ) {}

  /** Of the processor, with so many threads. */
  speed(threads: number): Promise<ProductSpeed> {
    return this.#once({ table: 'speeds', name: String(threads), threads })
  }

  /** Of the GPU of this name, which is there. */
  speedOfGpu(name: string): Promise<ProductSpeed> {
    return this.#once({ table: 'gpus', name, threads: 0 })
  }

  #once(what: Measured): Promise<ProductSpeed> {
    const key = `${what.table} ${what.name}`
    let speed = this.#measuring.get(key)
    if (!speed) {
      // one after the other: two at once would slow each other, and one would overwrite what the other wrote
      speed = this.#last.then(() => this.#find(what))
      this.#last = speed.catch(() => undefined)
      this.#measuring.set(key, speed)
      speed.catch(() => this.#measuring.delete(key))
    }
    return speed
  }

  async #find({ table, name, threads }: Measured): Promise<ProductSpeed> {
    const probe = await this.engine.call('probe', undefined)
    const stored = await this.#stored(probe)
    const known = stored[table][name]
    if (known && this.now() - Date.parse(known.measuredAt) < validDays * 86_400_000) return known
    const device = table === 'gpus' ? 'cuda' : 'cpu'
    const measured = await this.engine.call('calibrate', { threads, device })
    const speed = {
      measuredAt: new Date(this.now()).toISOString(),
      productGflopsF32: measured.productGflopsF32,
      productGflopsNf4: measured.productGflopsNf4,
      productGflopsBf16: measured.productGflopsBf16,
      productGflopsNf4Bf16: measured.productGflopsNf4Bf16,
      productGflopsInt8: measured.productGflopsInt8,
      productGflopsInt8Bf16: measured.productGflopsInt8Bf16,
      productGflopsInInt8: measured.productGflopsInInt8
    }
    const changed: Stored = { ...stored, [table]: { ...stored[table], [name]: speed } }
    // only a convenience: on a full disk it is measured again in the next life
    await writeFileWhole(this.file, `${JSON.stringify(changed, null, 2)}\n`).catch(() => undefined)
    return speed
  }

  async #stored(probe: Probe): Promise<Stored> {
    const here = {
      version: 1 as const,
      processorName: probe.processorName,
      processors: probe.processors,
      backend: probe.backend,
      engine: probe.version
    }
    try {
      const stored = schema.parse(JSON.parse(await readFile(this.file, 'utf8')))
      const same = (Object.keys(here) as (keyof typeof here)[]).every((key) => stored[key] === here[key])
      if (same) return stored
    } catch {
      // never measured, or a torn file
    }
    return { ...here, speeds: {}, gpus: {} }
  }
}
