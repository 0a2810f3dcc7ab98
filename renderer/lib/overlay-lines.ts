// Several runs in one chart: the line of each, held out or from training, and how many there can be. A run without
// a figure of the held-out part shows its training loss, and says so. Pure.
import type { RunCurves } from '../../main/contract/window/training'
import { curveLines, smoothPoints, type Point } from './curve-lines'

export type OverlayOf = 'heldOut' | 'train'

/** as many as there are colours, dashes and markers */
export const mostOverlaid = 5

export interface OverlayLine {
  /** what it really is: asked for the held-out loss, there may only be the other */
  readonly of: OverlayOf
  readonly marked: boolean
  /** as measured */
  readonly points: readonly Point[]
  /** as drawn: training loss without its noise */
  readonly drawn: readonly Point[]
}

export function overlayLine(curves: RunCurves, wanted: OverlayOf): OverlayLine {
  const lines = curveLines(curves, 'loss')
  const found = lines.find((line) => line.of === wanted && line.points.length > 0)
  const line = found ?? lines.find(({ of }) => of === 'train')
  const points = line?.points ?? []
  const marked = line?.marked ?? false
  return {
    of: line?.of === 'heldOut' ? 'heldOut' : 'train',
    marked,
    points,
    drawn: marked ? points : smoothPoints(points)
  }
}
