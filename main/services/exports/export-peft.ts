// The adapter as a PEFT folder: adapter_config.json, adapter_model.safetensors and a model card. Opened again
// on the same base and compared, to the bit, with the adapter in memory.
import { stat, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { NeiroError } from '../../contract/errors'
import { compareLogits } from './compare-logits'
import { openForComparison, probe, type ExportOptions, type ExportResult } from './export-model'
import { writeFolderWhole } from '../../files/whole-folder'
import { whileWriting } from './written-bytes'

export async function exportPeft(options: ExportOptions): Promise<ExportResult> {
  const { host, model, adapterDir, onStage, onPart } = options
  // every weight learnt: there is no part that could go alone
  if (adapterDir === null) throw new NeiroError('NO_ADAPTER_TO_WRITE')
  return writeFolderWhole(options.out, options, async (staging) => {
    try {
      onStage?.('open')
      const info = await openForComparison(options, model.dir, adapterDir)
      const expected = await probe(options, 'open', info, true)

      onStage?.('write')
      // the same tensors again
      const { size: total } = await stat(join(adapterDir, 'adapter_model.safetensors'))
      const tell = (done: number): void =>
        onPart?.({ stage: 'write', of: 'bytes', done: Math.min(done, total), total })
      await whileWriting(staging, tell, () =>
        host.call('saveAdapter', { dir: staging, baseModelName: model.name })
      )
      await writeFile(join(staging, 'README.md'), options.card, { flush: true })

      onStage?.('read-back')
      await openForComparison(options, model.dir, staging)
      onStage?.('compare')
      const actual = await probe(options, 'compare', info, true)
      const comparison = compareLogits(expected, actual, 0, options.out)
      const { size } = await stat(join(staging, 'adapter_model.safetensors'))
      return { dir: resolve(options.out), sizeBytes: size, comparison }
    } finally {
      // the engine maps files of the folder that is about to be renamed or removed
      await host.call('close', undefined).catch(() => undefined)
    }
  })
}
