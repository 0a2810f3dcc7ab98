// By which figure of what is held out a training keeps its best and stops early: as its method says, or as somebody chose.
import { NeiroError } from './errors'
import { figureRows, type FigureName, type FigureRow } from './figures'
import { methodRows, type MethodKey } from './methods'
import type { Settings } from './settings'

/** The figure of an evaluation that decides what is kept as the best and when to stop. */
export interface JudgedBy {
  readonly figure: FigureName
  readonly better: NonNullable<FigureRow['better']>
}

/** Throws SETTINGS_TOGETHER for a figure that the method does not measure. */
export function judgedBy({ method, bestBy }: Pick<Settings, 'method' | 'bestBy'>): JudgedBy {
  const figure = bestBy === 'automatic' ? methodRows[method].best : bestBy
  if (!figuresToChoose(method).includes(figure))
    throw new NeiroError('SETTINGS_TOGETHER', { name: `best_by: ${figure}`, other: `method: ${method}` })
  return { figure, better: figureRows[figure].better }
}

/** Those of a method of which one way is better. */
export const figuresToChoose = (method: MethodKey): readonly FigureName[] =>
  methodRows[method].evaluation.filter((name) => figureRows[name].better !== null)
