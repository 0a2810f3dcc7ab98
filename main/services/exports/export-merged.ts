// The adapter baked into its base: a Hugging Face folder that needs nothing else. Opened again and compared
// with base and adapter in memory, within what the chosen precision can hold.
import { readdir, stat, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { compareLogits } from './compare-logits'
import { openForComparison, probe, type ExportOptions, type ExportResult } from './export-model'
import { completeModel, type WeightsDtype } from '../../files/model-folder'
import { writeFolderWhole } from '../../files/whole-folder'
import { whileWriting } from './written-bytes'

/** Largest difference allowed, relative to the largest logit. F32 only adds in another order; the others round
 *  every weight to 8 or 11 bits. */
export const mergedTolerance: Readonly<Record<WeightsDtype, number>> = { F32: 1e-4, BF16: 5e-2, F16: 1e-2 }

const bytesOf: Readonly<Record<WeightsDtype, number>> = { F32: 4, BF16: 2, F16: 2 }

export async function exportMerged(
  options: ExportOptions & { readonly dtype: WeightsDtype }
): Promise<ExportResult> {
  const { host, model, dtype, onStage, onPart } = options
  return writeFolderWhole(options.out, options, async (staging) => {
    try {
      onStage?.('open')
      const info = await openForComparison(options, options.trainedDir ?? model.dir, options.adapterDir)
      const expected = await probe(options, 'open', info, true)

      onStage?.('write')
      const total = info.parameters * bytesOf[dtype]
      const tell = (done: number): void =>
        onPart?.({ stage: 'write', of: 'bytes', done: Math.min(done, total), total })
      await whileWriting(staging, tell, () => host.call('saveMerged', { dir: staging, dtype }))
      await completeModel(model.dir, staging, dtype)
      await writeFile(join(staging, 'README.md'), options.card, { flush: true })

      onStage?.('read-back')
      // as others will open it: as stored, without an adapter
      await openForComparison({ ...options, baseQuantization: 'none' }, staging)
      onStage?.('compare')
      const actual = await probe(options, 'compare', info, false)
      const comparison = compareLogits(expected, actual, mergedTolerance[dtype], options.out)
      return { dir: resolve(options.out), sizeBytes: await weightBytes(staging), comparison }
    } finally {
      // the engine maps files of the folder that is about to be renamed or removed
      await host.call('close', undefined).catch(() => undefined)
    }
  })
}

async function weightBytes(dir: string): Promise<number> {
  const names = (await readdir(dir)).filter((name) => name.endsWith('.safetensors'))
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(dir, name))).size))
  return sizes.reduce((sum, size) => sum + size, 0)
}
