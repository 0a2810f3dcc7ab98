// What preferences are held against, where a run went on from what was learnt before it. Pure.
import type { TunedModel } from '../runs/tuned-model'
import type { Contestant } from './contestants'
import type { Opened } from './open-sheet'
import { startId } from './preferred'

export const ofPreferences = ({ items }: Pick<Opened, 'items'>): boolean =>
  items.some(({ example }) => example.kind === 'preference' || example.kind === 'rated')

/** What the tuned model was before this run, where preferences are measured and it was not the base. */
export function referenceOf(
  { startDir }: TunedModel,
  opened: Opened,
  contestants: readonly Contestant[]
): Contestant | null {
  const tuned = contestants.find(({ candidate }) => candidate.id === 'tuned')
  if (!tuned || startDir === undefined || !ofPreferences(opened)) return null
  return {
    ...tuned,
    candidate: { id: startId, kind: 'tuned' },
    open: { ...tuned.open, adapterDir: startDir }
  }
}
