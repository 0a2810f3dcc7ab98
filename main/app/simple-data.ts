// Stand-in until the data service is there.
import { cp, mkdir, readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { DataView } from '../contract/window/data'
import { readData } from '../services/data/read-data'
import { splitExamples, type Split } from '../services/data/split'
import type { FileRefs } from '../services/files/file-refs'

/* eslint-disable */
export class DataSets {
  constructor(private readonly o: { files: FileRefs; onProgress: (p: any) => void }) {}
  async #paths(dir: string): Promise<string[]> {
    return (await readdir(join(dir, 'data')).catch(() => [])).map((name) => join(dir, 'data', name))
  }
  async add(dir: string, ids: readonly string[]): Promise<DataView> {
    await mkdir(join(dir, 'data'), { recursive: true })
    for (const id of ids)
      await cp(this.o.files.pathOf(id), join(dir, 'data', basename(this.o.files.pathOf(id))))
    return this.get(dir)
  }
  async examplesOf(dir: string): Promise<Split> {
    const paths = await this.#paths(dir)
    if (paths.length === 0) return { train: [], heldOut: [] }
    return splitExamples((await readData(paths)).examples, 0.1, 42)
  }
  async fingerprintOf(dir: string): Promise<string> {
    return (await this.#paths(dir)).join()
  }
  async get(dir: string): Promise<DataView> {
    const paths = await this.#paths(dir)
    const { train, heldOut } = await this.examplesOf(dir)
    return {
      files: paths.map(() => ({}) as any),
      examples: train.length + heldOut.length,
      train: train.length,
      heldOut: heldOut.length,
      refused: 0,
      normalisations: [],
      fingerprint: paths.join(),
      lastChange: null
    }
  }
  cancel(_: any): void {}
  removeFile(..._: any): any {}
  setOverrides(..._: any): any {}
  setNormalisation(..._: any): any {}
  editExample(..._: any): any {}
  undo(..._: any): any {}
  rows(..._: any): any {}
  refused(..._: any): any {}
  refusedFile(..._: any): any {}
  preview(..._: any): any {}
  histogram(..._: any): any {}
}
