// What is known of the graphics card of this PC, in the engine's own terms. Imports nothing but those.
import type { MemoryPlan, Probe } from '../../addon/index'

/** Why a training that might have gone to the GPU is not there. */
export type WhyNoGpu = NonNullable<MemoryPlan['notOnGpu']>

export type KnownGpu = Pick<Probe, 'gpu' | 'noGpu'>
