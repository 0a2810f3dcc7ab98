// Trainings on other machines, as the window asks for them: what would leave, the user's word on it, and what came back.
import type { CloudKind, CloudTerms, RemotePlace, RemotePlaceKind } from '../elsewhere'
import type { RunView, TrainingCalls } from './training'

/** Where the window wants a run trained. A folder is one that the user chose: the run's own is made in it. */
export type WantedPlace =
  | { readonly kind: 'folder'; readonly fileId: string }
  | { readonly kind: Exclude<RemotePlaceKind, 'folder' | CloudKind>; readonly where: string }
  | { readonly kind: CloudKind; readonly where: string; readonly terms: CloudTerms }

/** The key of a service, which itself never leaves the place where it is kept. */
export interface CloudKeyView {
  readonly state: 'none' | 'kept' | 'environment'
  /** the system's key store, or a file that only this user can read */
  readonly keptIn: 'system' | 'file'
}

/** Which services have one, and never what it is. */
export interface CloudKeysView {
  readonly kept: readonly { readonly kind: CloudKind; readonly where: string }[]
  /** kinds whose key the environment says: it comes first, for every address */
  readonly environment: readonly CloudKind[]
  readonly keptIn: CloudKeyView['keptIn']
}

/** What would leave this machine, as it is said before anything does. */
export interface LeavingView {
  /** the run that was made for it; it waits for the user's word */
  readonly run: string
  readonly to: RemotePlace
  readonly title: string
  readonly said: readonly string[]
  /** examples in which personal data was found */
  readonly personal: number
}

/** What this office allows. */
export interface AllowedPlaces {
  readonly kinds: readonly RemotePlaceKind[]
  /** whole places that are allowed beside them, as they are written behind --on */
  readonly places: readonly string[]
}

export interface ElsewhereCalls {
  /** POLICY_BROKEN */
  'elsewhere.allowed': { args: Record<string, never>; result: AllowedPlaces }
  /** Makes the run and what would be sent; nothing leaves. NO_SUCH_PLACE, ELSEWHERE_FORBIDDEN, UNMASKED_FORBIDDEN, TARGET_EXISTS,
   *  METHOD_NOT_ELSEWHERE, SETTING_NOT_ELSEWHERE, MODEL_TOO_LARGE_TO_SEND, and of services CLOUD_…: the run is put away again */
  'elsewhere.look': {
    args: {
      training: TrainingCalls['runs.startRun']['args']
      to: WantedPlace
      /** folder of the base there, or its name on the hub: then its weights stay here; null: they travel */
      modelThere: string | null
    }
    result: LeavingView
  }
  /** The user has read it and agrees: kept, and sent (a folder: written). OTHER_THAN_AGREED, UNMASKED_NOT_SAID */
  'elsewhere.agree': {
    args: {
      run: string
      /** to a service: also with the personal data that was found */
      unmasked: boolean
    }
    result: RunView
  }
  /** The user does not: the run is put away. */
  'elsewhere.refuse': { args: { run: string }; result: null }
  /** NO_SUCH_PLACE */
  'elsewhere.key': { args: { kind: CloudKind; where: string }; result: CloudKeyView }
  /** key: '' forgets it. NO_SUCH_PLACE */
  'elsewhere.setKey': { args: { kind: CloudKind; where: string; key: string }; result: CloudKeyView }
  /** services for which there is a key */
  'elsewhere.keys': { args: Record<string, never>; result: CloudKeysView }
  /** A folder that was trained by hand. NOT_THIS_RUN, NO_RESULT_YET, NO_TRAINING_FOLDER, RESULT_NOT_WHOLE */
  'elsewhere.takeBack': { args: { fileId: string }; result: RunView }
}
