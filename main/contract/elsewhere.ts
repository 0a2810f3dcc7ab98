// Trainings on other machines: the kinds of places, and what a run remembers of having been sent there. Imports nothing.

export const remotePlaceKinds = ['folder', 'ray', 'ssh'] as const
export type RemotePlaceKind = (typeof remotePlaceKinds)[number]

/** Where a run is trained, as it is written: ray:http://10.0.0.5:8265 */
export interface RemotePlace {
  readonly kind: RemotePlaceKind
  /** behind the colon */
  readonly where: string
}

/** How a training is shared among processors there, by Accelerate's words. */
export const spreads = ['single', 'ddp', 'zero2', 'zero3', 'fsdp'] as const
export type Spread = (typeof spreads)[number]

/** What left this machine for a run, when, where to and by whose word: kept in the run's folder and in audit sheets. */
export interface Departure {
  /** ISO 8601 */
  readonly at: string
  readonly place: RemotePlace
  /** name of the user of this machine who agreed */
  readonly by: string
  /** the sentences that were agreed to, as they were shown */
  readonly said: readonly string[]
  readonly examples: { readonly train: number; readonly heldOut: number }
  readonly bytes: number
  /** examples in which personal data was found, which the user sent all the same */
  readonly personal: number
}
