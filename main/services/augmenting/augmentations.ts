// Synthetic examples of projects: shown before they are made, made as a file of the project like any that is dropped there, so
// that undo takes them back, and made of what is learnt alone.
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AugmentChoices, AugmentPreview, AugmentProgress } from '../../contract/augmentation'
import { NeiroError } from '../../contract/errors'
import { settingRows } from '../../contract/settings'
import type { DataView } from '../../contract/window/data'
import { remove } from '../../files/moving'
import type { DataSets } from '../dataset/data-sets'
import { lineOf } from '../dataset/kinds'
import type { KeptSet } from '../dataset/set/kept-set'
import type { FileRefs } from '../files/file-refs'
import { makeExamples, type MadeExamples, type Paraphrase } from './make'
import { previewOf } from './preview'

export interface AugmentationsParts {
  readonly data: DataSets
  readonly files: Pick<FileRefs, 'addUpload'>
  /** of the model that the project has chosen. Rejects where there is none. */
  readonly paraphraserOf: (project: string) => Promise<Paraphrase>
  readonly tell: (event: 'augment.progress', progress: AugmentProgress) => void
  /** of the file that they stand in, without its ending */
  readonly fileName: () => string
}

interface Asked {
  readonly dir: string
  readonly project: string
  readonly choices: AugmentChoices
}

/** that are made to be shown */
const mostShownParaphrases = 3

export class Augmentations {
  readonly #working = new Map<string, AbortController>()

  constructor(private readonly parts: AugmentationsParts) {}

  async preview({ dir, project, choices }: Asked): Promise<AugmentPreview> {
    return this.#within(dir, async (signal) => {
      const set = await this.parts.data.learntSet(dir)
      const byRule = { ...choices, kinds: choices.kinds.filter((kind) => kind !== 'paraphrase') }
      const all = await this.#make(set, byRule, { signal })
      const asks = choices.kinds.includes('paraphrase')
      const said = asks
        ? await this.#make(
            set,
            { ...choices, kinds: ['paraphrase'] },
            { signal, paraphrase: await this.parts.paraphraserOf(project), most: mostShownParaphrases }
          )
        : null
      return previewOf(all, said?.made ?? [])
    })
  }

  /** Makes them and puts them into the project. Throws NOTHING_MADE where no way fits any question. */
  async apply({ dir, project, choices }: Asked): Promise<DataView> {
    const { made } = await this.#within(dir, async (signal) => {
      const set = await this.parts.data.learntSet(dir)
      const paraphrase = choices.kinds.includes('paraphrase')
        ? await this.parts.paraphraserOf(project)
        : undefined
      return this.#make(set, choices, {
        ...{ signal, paraphrase },
        onProgress: (done, total) => this.parts.tell('augment.progress', { project, done, total })
      })
    })
    if (made.length === 0) throw new NeiroError('NOTHING_MADE')
    const folder = await mkdtemp(join(tmpdir(), 'neiro-made-'))
    try {
      const path = join(folder, `${this.parts.fileName()}.jsonl`)
      await writeFile(path, made.map(({ example }) => `${lineOf(example)}\n`).join(''))
      const { id } = await this.parts.files.addUpload(path)
      return await this.parts.data.add({ dir, project, fileIds: [id] })
    } finally {
      await remove(folder).catch(() => undefined)
    }
  }

  cancel(dir: string): void {
    this.#working.get(dir)?.abort(new NeiroError('CANCELLED'))
  }

  /** One at a time: a newer one ends it. */
  async #within<T>(dir: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    this.cancel(dir)
    const own = new AbortController()
    this.#working.set(dir, own)
    try {
      return await work(own.signal)
    } finally {
      if (this.#working.get(dir) === own) this.#working.delete(dir)
    }
  }

  async #make(
    set: KeptSet,
    choices: AugmentChoices,
    o: {
      readonly signal: AbortSignal
      readonly paraphrase?: Paraphrase | undefined
      readonly most?: number
      readonly onProgress?: (done: number, total: number) => void
    }
  ): Promise<MadeExamples> {
    const held = await set.ask('division', { share: settingRows.heldOutRatio.default })
    // made anew after some were made, they are others
    const seed = settingRows.seed.default + set.facts.synthetic
    return makeExamples(set, { ...choices, ...o, seed, held })
  }
}
