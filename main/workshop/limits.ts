// How much memory and time the work on a stranger's bytes may take.
import { allowedMemory } from '../processes/short-memory'

export interface MemoryLimits {
  /** of JavaScript's own, where Node gives up with a word, MB */
  readonly heap: number
  /** of the whole process, MB */
  readonly process: number
}

/** a file is read row by row: what needs more is made to need it */
export const readingMemory: MemoryLimits = { heap: 320, process: 480 }
/** vocabularies of a quarter of a million words take their room */
export const textMemory: MemoryLimits = { heap: 1024, process: 2048 }

/** Less where the machine has less: what is lost to the system's own killing could have been saved by tidying up. MB */
export const heapWithin = ({ heap }: MemoryLimits): number =>
  Math.max(leastHeap, Math.min(heap, Math.floor(0.4 * allowedMemory())))
/** with less, nothing can be read at all */
const leastHeap = 48

/** so long at work without a sign of life is never, on the clock and in processor time */
export const silentMs = 5000
/** so long a process that works on nothing is waited for */
export const stalledMs = 30_000
/** a cancelled job that does not answer by then is ended with its process */
export const cancelMs = 60

/** A call of a tokenizer or a template: so long, and so much more for each million characters. */
export const callMs = 10_000
export const callMsPerMillion = 20_000
/** reading a vocabulary says nothing until it is done; a large one takes seconds */
export const loadMs = 60_000
