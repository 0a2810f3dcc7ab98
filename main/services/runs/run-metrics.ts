// metrics.jsonl of one run, read as it grows: each look reads only what is new, in pieces, so that a million
// lines neither block nor fill anything. Keeps thinned curves, answers, notices, and the newest figures.
import { open, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import type { BestFigure, MetricLine } from '../../contract/records'
import { runFiles } from '../../contract/run-files'
import { CurvesOfLines } from '../../curves/curves-of-lines'
import { readMetricLine } from './metric-line'

type Line<K extends MetricLine['kind']> = Extract<MetricLine, { kind: K }>

export class RunFigures {
  readonly curves = new CurvesOfLines()
  readonly evaluations: Line<'evaluation'>[] = []
  readonly samples: Line<'sample'>[] = []
  readonly notices: Line<'notice'>[] = []
  lastStep: Line<'step'> | null = null
  lastLoss: number | null = null
  firstTime: string | null = null
  lastTime: string | null = null
  /** the newest updates, for the speed now */
  readonly recent: { readonly tokens: number; readonly seconds: number }[] = []

  add(line: MetricLine): void {
    this.firstTime ??= line.time
    this.lastTime = line.time
    this.curves.add(line)
    if (line.kind === 'step') this.#addStep(line)
    else if (line.kind === 'evaluation') this.evaluations.push(line)
    else if (line.kind === 'sample') this.samples.push(line)
    else this.notices.push(line)
  }

  get best(): BestFigure | null {
    const { best } = this.curves
    const figures = this.evaluations.findLast((line) => line.best)?.figures
    return best && { figure: best.figure, value: best.value, ...(figures && { figures }) }
  }

  get speed(): number | null {
    const seconds = this.recent.reduce((sum, step) => sum + step.seconds, 0)
    return seconds > 0 ? this.recent.reduce((sum, step) => sum + step.tokens, 0) / seconds : null
  }

  #addStep(line: Line<'step'>): void {
    this.lastStep = line
    if (!line.skipped) this.lastLoss = line.figures['loss'] ?? null
    this.recent.push({ tokens: line.tokens, seconds: line.seconds })
    if (this.recent.length > 20) this.recent.shift()
  }
}

const pieceBytes = 64 * 1024
/** how much of the end of what was read is compared before reading on */
const tailBytes = 96

export class RunMetrics {
  readonly #file: string
  #figures = new RunFigures()
  #read = 0
  #tail = Buffer.alloc(0)
  #reading: Promise<RunFigures> | null = null

  constructor(dir: string) {
    this.#file = join(dir, runFiles.metrics)
  }

  /** The figures up to the last whole line of now. */
  figures(): Promise<RunFigures> {
    this.#reading ??= this.#readOn().finally(() => (this.#reading = null))
    return this.#reading
  }

  async #readOn(): Promise<RunFigures> {
    const file = await open(this.#file).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null
      throw error
    })
    if (!file) return (this.#figures = this.#fresh())
    try {
      // a run that went on from a checkpoint cut off the lines of a future that did not happen
      if (!(await this.#goesOn(file))) this.#figures = this.#fresh()
      const piece = Buffer.allocUnsafeSlow(pieceBytes)
      let rest = Buffer.alloc(0)
      for (;;) {
        const { bytesRead } = await file.read(piece, 0, pieceBytes, this.#read + rest.length)
        if (bytesRead === 0) break
        const text = Buffer.concat([rest, piece.subarray(0, bytesRead)])
        const end = text.lastIndexOf(10) + 1
        this.#take(text.subarray(0, end))
        rest = Buffer.from(text.subarray(end))
      }
      return this.#figures
    } finally {
      await file.close()
    }
  }

  #take(lines: Buffer): void {
    if (lines.length === 0) return
    for (const text of lines.toString('utf8').split('\n')) {
      const line = text === '' ? null : readMetricLine(text)
      if (line) this.#figures.add(line)
    }
    this.#read += lines.length
    this.#tail = Buffer.from(Buffer.concat([this.#tail, lines]).subarray(-tailBytes))
  }

  async #goesOn(file: FileHandle): Promise<boolean> {
    const { length } = this.#tail
    const now = Buffer.alloc(length)
    const { bytesRead } = await file.read(now, 0, length, this.#read - length)
    return bytesRead === length && now.equals(this.#tail)
  }

  #fresh(): RunFigures {
    this.#read = 0
    this.#tail = Buffer.alloc(0)
    return new RunFigures()
  }
}

/** One reader a run folder. */
export class MetricsReaders {
  readonly #readers = new Map<string, RunMetrics>()

  figures(dir: string): Promise<RunFigures> {
    let reader = this.#readers.get(dir)
    if (!reader) this.#readers.set(dir, (reader = new RunMetrics(dir)))
    return reader.figures()
  }

  forget(dir: string): void {
    this.#readers.delete(dir)
  }
}
