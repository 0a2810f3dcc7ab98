// neiro log: the log as it can be sent to whoever helps. The same text as behind the window's settings.
import { resolve } from 'node:path'
import { writeFileWhole } from '../../files/whole-file'
import type { Command } from '../command'

export const logCommand: Command = {
  name: 'log',
  usage: '[--out FILE]',
  positionals: { min: 0, max: 0 },
  flags: [{ name: 'out', kind: 'text', value: 'FILE' }],
  examples: ['neiro log', 'neiro log --out neiro-log.txt'],
  events: [['log', 'text masked file']],
  async run(args, { out, parts, words }) {
    const { text, masked } = await parts.supportReport()
    const file = args.text('out')
    if (file !== undefined) await writeFileWhole(resolve(file), `${text.trimEnd()}\n`)
    out.event('log', { text, masked, file: file === undefined ? null : resolve(file) })
    if (file === undefined) for (const line of text.trimEnd().split('\n')) out.line(line)
    else out.line(resolve(file))
    out.line(words.log.masked(masked))
    return 0
  }
}
