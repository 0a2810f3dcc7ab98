// The adapter as a PEFT folder: adapter_config.json and adapter_model.safetensors. Opened again on the same base, it
// answers as the adapter in memory, to the bit.
import { stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { NeiroError } from '../../../contract/errors'
import { carryFiles } from '../../../files/model-folder'
import { writeBaseMark } from '../base-mark'
import type { ExportKindRow, ExportSource } from './kind'

/** Every weight learnt: there is no part that could go alone. */
export function refuseWithoutAdapter({ tuned }: ExportSource): void {
  if (tuned.adapterDir === null) throw new NeiroError('NO_ADAPTER_TO_WRITE')
}

/** The same tensors again. */
export async function adapterBytes({ tuned }: ExportSource): Promise<number> {
  return (await stat(join(tuned.adapterDir ?? '', 'adapter_model.safetensors'))).size
}

export const peft: ExportKindRow = {
  form: 'folder',
  refuse: refuseWithoutAdapter,
  bytes: adapterBytes,
  write: async ({ host, tuned: { model }, dir }) => {
    // a name that the hub knows, or the place of the folder: both are followed by PEFT and by --adapter
    const baseModelName = model.name.includes('/') ? model.name : resolve(model.dir)
    await host.call('saveAdapter', { dir, baseModelName })
    await carryFiles(model.filesDir, dir)
    await writeBaseMark(dir, model)
  },
  reopened: ({ tuned, dir }) => ({
    modelDir: tuned.model.dir,
    adapterDir: dir,
    baseQuantization: tuned.open.baseQuantization
  }),
  tolerance: () => 0
}
