// Flags that several commands share, so that one name means one thing everywhere.
import type { Flag } from './command'
import { readingFlags } from './reading-arguments'

export const modelFlag: Flag = {
  name: 'model',
  kind: 'text',
  value: 'DIR'
}
export const adapterFlag: Flag = {
  name: 'adapter',
  kind: 'text',
  value: 'DIR'
}
export const runFlag: Flag = {
  name: 'run',
  kind: 'text',
  value: 'NAME'
}
export const dataFlag: Flag = {
  name: 'data',
  kind: 'files',
  value: 'FILE'
}
export const heldOutFlag: Flag = {
  name: 'held-out',
  kind: 'files',
  value: 'FILE'
}
/** Agrees to a program of one's own, without a question. */
export const runProgramFlag: Flag = { name: 'run-program', kind: 'switch' }
export const systemPromptFlag: Flag = {
  name: 'system-prompt',
  kind: 'text',
  value: 'TEXT'
}
export const threadsFlag: Flag = {
  name: 'threads',
  kind: 'integer',
  value: 'N'
}
/** Where a training is calculated is a setting; elsewhere it is said for this one command. */
export const deviceFlag: Flag = {
  name: 'device',
  kind: 'text',
  value: 'X',
  choices: ['auto', 'cpu', 'cuda']
}
export const baseQuantizationFlag: Flag = {
  name: 'base-quantization',
  kind: 'text',
  value: 'X',
  choices: ['none', 'f32', 'bf16', 'int8', 'nf4']
}
export const maxNewTokensFlag: Flag = {
  name: 'max-new-tokens',
  kind: 'integer',
  value: 'N'
}
export const limitFlag: Flag = {
  name: 'limit',
  kind: 'integer',
  value: 'N'
}
export const nameFlag: Flag = {
  name: 'name',
  kind: 'text',
  value: 'NAME'
}

/** What tune and plan take to say which training is meant. */
export const recipeFlags: readonly Flag[] = [
  modelFlag,
  {
    name: 'start',
    kind: 'text',
    value: 'RUN'
  },
  dataFlag,
  heldOutFlag,
  { name: 'weight', kind: 'texts', value: 'FILE=N' },
  { name: 'reward-run', kind: 'text', value: 'RUN' },
  { name: 'reward-program', kind: 'text', value: 'FILE' },
  {
    name: 'question',
    kind: 'texts',
    value: 'TEXT'
  },
  ...readingFlags,
  systemPromptFlag,
  nameFlag,
  threadsFlag
]
