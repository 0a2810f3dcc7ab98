// The adapter baked into its base, or the model that the base became: a Hugging Face folder that needs nothing else, as
// near to the tuned model in memory as the chosen precision can hold.
import { completeModel, type WeightsDtype } from '../../../files/model-folder'
import { scorerOf } from '../../../files/scorer-config'
import type { ExportFormat } from '../../../contract/window/results'
import { refuseVirtual, type ExportKindRow } from './kind'

/** F32 only adds in another order; the others round every weight to 8 or 11 bits. */
export const mergedTolerance: Readonly<Record<WeightsDtype, number>> = { F32: 1e-4, BF16: 5e-2, F16: 1e-2 }

const bytesOf: Readonly<Record<WeightsDtype, number>> = { F32: 4, BF16: 2, F16: 2 }

/** Formats of GGUF's own are none of a folder. */
const weightsOf = (dtype: ExportFormat): WeightsDtype => (dtype === 'F32' || dtype === 'F16' ? dtype : 'BF16')

export const merged: ExportKindRow = {
  form: 'folder',
  refuse: refuseVirtual,
  bytes: async ({ dtype, info }) => info.parameters * bytesOf[weightsOf(dtype)],
  write: async ({ host, tuned, dtype, dir }) => {
    await host.call('saveMerged', { dir, dtype: weightsOf(dtype) })
    await completeModel(tuned.model.filesDir, dir, weightsOf(dtype), tuned.score && scorerOf(tuned.score))
  },
  // as others will open it: as stored, without an adapter
  reopened: ({ dir }) => ({ modelDir: dir, baseQuantization: 'none' }),
  tolerance: (dtype) => mergedTolerance[weightsOf(dtype)]
}
