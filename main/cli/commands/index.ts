// The table of commands, in the order of the help. A new command is a file beside this one and a row here.
import type { Command } from '../command'
import { advise } from './advise'
import { agreeCommand } from './agree'
import { apiCommand } from './api'
import { chat } from './chat'
import { classify } from './classify'
import { data } from './data'
import { demo } from './demo'
import { evaluate } from './eval'
import { exportCommand } from './export'
import { leak } from './leak'
import { logCommand } from './log'
import { mergeAdaptersCommand } from './merge-adapters'
import { models } from './models'
import { plan } from './plan'
import { probe } from './probe'
import { runs } from './runs'
import { serveCommand } from './serve'
import { storageCommand } from './storage'
import { sweep } from './sweep'
import { takeBackCommand } from './take-back'
import { tune } from './tune'

export const commands: readonly Command[] = [
  demo,
  data,
  models,
  plan,
  advise,
  tune,
  agreeCommand,
  takeBackCommand,
  sweep,
  evaluate,
  leak,
  chat,
  classify,
  exportCommand,
  mergeAdaptersCommand,
  runs,
  storageCommand,
  serveCommand,
  apiCommand,
  probe,
  logCommand
]
