// The table of the generated README: which of Accelerate's ways fits how many GPUs of which size. Pure.
import type { SpreadRow } from '../../../words/remote'
import { chooseSpread, type Load } from './scale'

const gib = 2 ** 30
const machines = [
  [1, 24],
  [2, 24],
  [4, 24],
  [8, 24],
  [1, 80],
  [2, 80],
  [8, 80]
] as const

export const readmeRows = (load: Load): readonly SpreadRow[] =>
  machines.map(([gpus, gigabytes]) => {
    const { spread, share, reason } = chooseSpread(load, { processes: gpus, gpuBytes: gigabytes * gib })
    return {
      gpus,
      gpuBytes: `${gigabytes} GB`,
      config: `accelerate/${spread}.yaml`,
      needed: `${(share.total / gib).toFixed(1)} GB`,
      reason
    }
  })
