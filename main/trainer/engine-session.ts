// The part of the native module's session that training uses: what a test's stand-in must offer too.
import type { Session } from '../../addon/index'

export type EngineSession = Pick<
  Session,
  | 'plan'
  | 'step'
  | 'forward'
  | 'backward'
  | 'update'
  | 'prune'
  | 'logProbabilities'
  | 'evaluate'
  | 'headScores'
  | 'saveHeads'
  | 'logits'
  | 'generateBegin'
  | 'generateNext'
  | 'beginConversation'
  | 'advance'
  | 'endConversation'
  | 'saveAdapter'
  | 'saveMerged'
  | 'saveState'
  | 'loadState'
  | 'cancel'
  | 'close'
>

/** AdamW's constants beside learning rate and weight decay: PyTorch's defaults. */
export const adam = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const
