// neiro take-back: a folder that was trained by hand elsewhere comes home, and is a run like any other.
import type { Command } from '../command'
import { reportEnd } from '../training'

export const takeBackCommand: Command = {
  name: 'take-back',
  usage: 'DIR',
  positionals: { min: 1, max: 1 },
  flags: [],
  examples: ['neiro take-back ./to-train'],
  events: [['finished', 'run result step loss best']],
  async run(args, context) {
    const place = await context.parts.elsewhere.takeBack(args.positionals[0] ?? '')
    await reportEnd(context, place)
    return 0
  }
}
