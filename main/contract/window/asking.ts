// Models that services keep, asked from the window: what would leave this machine for them, said before anything does, and the
// user's word on it, which comes along with what is asked.
import type { RemotePlace } from '../elsewhere'
import type { Calls } from '../channels'

/** What would leave, as it is said. */
export interface AskingView {
  /** by which it is agreed to */
  readonly id: string
  readonly to: RemotePlace
  /** that answers there */
  readonly model: string
  readonly title: string
  readonly said: readonly string[]
  /** texts in which personal data was found */
  readonly personal: number
}

/** The user has read these, and agrees: kept with the run before anything is asked. */
export interface Agreed {
  readonly ids: readonly string[]
  /** also with the personal data that was found */
  readonly unmasked: boolean
}

export interface AskingCalls {
  /** One for each service that has not answered all of it; none: nothing would leave. CLOUD_DEPLOYMENT_NEEDED, CLOUD_KEY_NEEDED,
   *  ELSEWHERE_FORBIDDEN, UNMASKED_FORBIDDEN */
  'asking.ofEvaluation': {
    args: Omit<Calls['evaluation.start']['args'], 'agreed'>
    result: readonly AskingView[]
  }
  /** null: it may go: this conversation was agreed to, and no personal data is in what is written. The same errors */
  'asking.ofChat': { args: { run: string; text: string }; result: AskingView | null }
  /** the conversation begins anew: so does the user's word */
  'asking.endChat': { args: { run: string }; result: null }
  /** the name under which Azure has the model of this run answer; '' forgets it */
  'asking.deploy': { args: { run: string; deployment: string }; result: null }
}
