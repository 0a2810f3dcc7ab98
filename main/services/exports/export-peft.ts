// The adapter as a PEFT folder: adapter_config.json, adapter_model.safetensors and a model card. Opened again
// on the same base and compared, to the bit, with the adapter in memory.
import { stat, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { compareLogits, probeLogits } from './compare-logits'
import { openForComparison, type ExportOptions, type ExportResult } from './export-model'
import { writeFolder } from './target-folder'

export async function exportPeft(options: ExportOptions): Promise<ExportResult> {
  const { host, model, onStage } = options
  return writeFolder(options.out, options, async (staging) => {
    try {
      onStage?.('open')
      const vocabSize = await openForComparison(options, model.dir, options.adapterDir)
      const expected = await probeLogits(host, vocabSize, { adapter: true })

      onStage?.('write')
      await host.call('saveAdapter', { dir: staging, baseModelName: model.name })
      await writeFile(join(staging, 'README.md'), options.card, { flush: true })

      onStage?.('read-back')
      await openForComparison(options, model.dir, staging)
      onStage?.('compare')
      const actual = await probeLogits(host, vocabSize, { adapter: true })
      const comparison = compareLogits(expected, actual, 0, options.out)
      const { size } = await stat(join(staging, 'adapter_model.safetensors'))
      return { dir: resolve(options.out), sizeBytes: size, comparison }
    } finally {
      // the engine maps files of the folder that is about to be renamed or removed
      await host.call('close', undefined).catch(() => undefined)
    }
  })
}
