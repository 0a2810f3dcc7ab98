// Full training: every weight of the model learns, in F32, from the same examples and by the same loss as an adapter
// would. What it leaves is a model of its own.
import { completeModel } from '../../files/model-folder'
import type { MethodOf } from './method'
import { sft } from './sft'

export const full: MethodOf<'full'> = {
  ...sft,

  async save(session, dir, { open, filesDir }) {
    await session.saveMerged({ dir, dtype: 'F32' })
    await completeModel(filesDir ?? open.modelDir, dir, 'F32')
  }
}
