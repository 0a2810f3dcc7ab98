// What the window asks before a model at a service is asked.
import type { AskingView } from '../asking'
import type { ResultCalls } from './results'

export interface AskingCalls {
  /** One for each service that has not answered all of it; none: nothing would leave. CLOUD_DEPLOYMENT_NEEDED, CLOUD_KEY_NEEDED,
   *  ELSEWHERE_FORBIDDEN, UNMASKED_FORBIDDEN */
  'asking.ofEvaluation': {
    args: Omit<ResultCalls['evaluation.start']['args'], 'agreed'>
    result: readonly AskingView[]
  }
  /** null: it may go: this conversation was agreed to, and no personal data is in what is written. The same errors */
  'asking.ofChat': { args: { run: string; text: string }; result: AskingView | null }
  /** the conversation begins anew: so does the user's word */
  'asking.endChat': { args: { run: string }; result: null }
  /** the name under which Azure has the model of this run answer; '' forgets it */
  'asking.deploy': { args: { run: string; deployment: string }; result: null }
}
