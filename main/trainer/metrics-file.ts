// metrics.jsonl of a run: one line per record, appended in order. Opening it cuts off what comes after the
// checkpoint that the run goes on from.
import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs'
import { asFileError } from '../files/file-errors'
import type { MetricLine } from '../contract/records'

export class MetricsFile {
  private constructor(
    private readonly file: string,
    private readonly descriptor: number,
    private size: number
  ) {}

  static open(file: string, keptBytes: number): MetricsFile {
    try {
      const descriptor = openSync(file, 'a+')
      const size = Math.min(fstatSync(descriptor).size, keptBytes)
      // shorter than the checkpoint remembers (a disk that lost it): at least no torn line stays
      const whole = size === keptBytes ? size : endOfLastLine(descriptor, size)
      ftruncateSync(descriptor, whole)
      return new MetricsFile(file, descriptor, whole)
    } catch (error) {
      throw asFileError(error, file)
    }
  }

  /** A loss that is no number is written as null: JSON has no other word for it. */
  append(line: MetricLine): void {
    const bytes = Buffer.from(`${JSON.stringify(line)}\n`)
    try {
      for (let at = 0; at < bytes.length;) at += writeSync(this.descriptor, bytes, at)
    } catch (error) {
      throw asFileError(error, this.file)
    }
    this.size += bytes.length
  }

  /** Its length, once it is safe on the disk. */
  sync(): number {
    try {
      fsyncSync(this.descriptor)
    } catch (error) {
      throw asFileError(error, this.file)
    }
    return this.size
  }

  close(): void {
    closeSync(this.descriptor)
  }
}

function endOfLastLine(descriptor: number, size: number): number {
  const bytes = Buffer.alloc(size)
  readSync(descriptor, bytes, 0, size, 0)
  return bytes.lastIndexOf('\n') + 1
}
