// neiro agree: a program of the user's own may give answers marks from now on. A page in a browser cannot be where that is agreed to.
import { resolve } from 'node:path'
import type { Command } from '../command'
import { runProgramFlag } from '../flags'
import { agreeTo } from '../running-program'

export const agreeCommand: Command = {
  name: 'agree',
  usage: 'PROGRAM',
  positionals: { min: 1, max: 1 },
  flags: [runProgramFlag],
  examples: ['neiro agree judge.py'],
  events: [['program', 'file sha256']],
  async run(args, context) {
    const { out, parts, words } = context
    const file = resolve(args.positionals[0] ?? '')
    const { sha256 } = await parts.agreedPrograms.look(file)
    await agreeTo(context, { file, sha256 }, args.has(runProgramFlag.name))
    out.line(words.program.agreed)
    return 0
  }
}
