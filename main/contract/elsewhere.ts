// Trainings on other machines: the kinds of places, and what a run remembers of having been sent there. Imports nothing.

/** Services that train models of their own by OpenAI's fine-tuning API: what they make stays with them. */
export const cloudKinds = ['openai', 'azure'] as const
export type CloudKind = (typeof cloudKinds)[number]

/** variables of the environment that may hold their keys */
export const cloudKeyVariables: Readonly<Record<CloudKind, string>> = {
  openai: 'OPENAI_API_KEY',
  azure: 'AZURE_OPENAI_API_KEY'
}

export const remotePlaceKinds = ['folder', 'ray', 'ssh', ...cloudKinds] as const
export type RemotePlaceKind = (typeof remotePlaceKinds)[number]

export const isCloud = (kind: RemotePlaceKind): kind is CloudKind =>
  (cloudKinds as readonly string[]).includes(kind)

/** Where a run is trained, as it is written: ray:http://10.0.0.5:8265 */
export interface RemotePlace {
  readonly kind: RemotePlaceKind
  /** behind the colon; '' of a service: at its usual address */
  readonly where: string
}

/** How a training is shared among processors there, by Accelerate's words. */
export const spreads = ['single', 'ddp', 'zero2', 'zero3', 'fsdp'] as const
export type Spread = (typeof spreads)[number]

/** What is said to a service beside the place. */
export interface CloudTerms {
  /** name of the base there */
  readonly model: string
  /** of Azure, such as 2024-10-21; null: its v1 API, which needs none */
  readonly apiVersion: string | null
  /** of a million tokens of training, in whatever money the user thinks; null: not said */
  readonly price: number | null
}

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
