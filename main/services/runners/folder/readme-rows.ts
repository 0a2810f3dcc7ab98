// The table of the generated README: which of Accelerate's ways fits how many GPUs of which size. Pure.
import type { SpreadRow } from '../../../words/remote'
import { chooseSpread, type Load } from './scale'

const gib = 2 ** 30
const mib = 2 ** 20
/** of each GPU, GB */
const sizes = [24, 80]
const usualGpus = [1, 2, 4, 8]

/** counts: of processes that share an update evenly; no others are in it. shown: the one that serves as an example. */
export function readmeRows(
  load: Load,
  counts: readonly number[]
): { readonly rows: readonly SpreadRow[]; readonly shown: SpreadRow } {
  const rows = rowsOf(load, counts)
  const shown = rows.reduce((most, row) => (row.gpus > most.gpus ? row : most))
  return { rows, shown }
}

const rowsOf = (load: Load, counts: readonly number[]): readonly SpreadRow[] =>
  sizes.flatMap((gigabytes) =>
    gpusOf(counts).map((gpus) => {
      const { spread, share, reason } = chooseSpread(load, { processes: gpus, gpuBytes: gigabytes * gib })
      return {
        gpus,
        gpuBytes: `${gigabytes} GB`,
        config: `accelerate/${spread}.yaml`,
        needed:
          share.total < gib ? `${Math.ceil(share.total / mib)} MB` : `${(share.total / gib).toFixed(1)} GB`,
        reason
      }
    })
  )

/** Of a machine with eight at most. */
function gpusOf(counts: readonly number[]): readonly number[] {
  const most = Math.max(...counts.filter((count) => count <= 8))
  const shown = new Set([...usualGpus.filter((count) => counts.includes(count)), most])
  return [...shown].sort((a, b) => a - b)
}
