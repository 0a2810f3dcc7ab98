// The flags that say how data files are read, instead of what would be recognised: one meaning for every command that
// reads data.
import {
  dataShapes,
  textSplits,
  type DataOverrides,
  type DataShape,
  type TextSplit
} from '../contract/records'
import { mergeOverrides } from '../services/dataset/log/merge-overrides'
import { delimiterNames } from '../services/recipes/reading'
import type { Arguments } from './arguments'
import type { Flag } from './command'

export const readingFlags: readonly Flag[] = [
  { name: 'encoding', kind: 'text', value: 'NAME' },
  { name: 'shape', kind: 'text', value: 'SHAPE', choices: dataShapes },
  { name: 'delimiter', kind: 'text', value: 'X', choices: Object.keys(delimiterNames) },
  { name: 'header-row', kind: 'integer', value: 'N' },
  { name: 'leave-out-sheet', kind: 'texts', value: 'NAME' },
  { name: 'column', kind: 'texts', value: 'ROLE=NAME' },
  { name: 'split', kind: 'text', value: 'X', choices: textSplits }
]

/** What the flags say on top of a recipe's own word. */
export function readingFrom(args: Arguments, recipe: DataOverrides = {}): DataOverrides {
  const said = flagsOf(args)
  const { joined, ...kept } = recipe
  return mergeOverrides({}, { ...kept, ...(!said.mapping && joined && { joined }), ...said })
}

function flagsOf(args: Arguments): DataOverrides {
  const columns = args.texts('column').map((text): [string, string] => {
    const at = text.indexOf('=')
    return [text.slice(0, Math.max(0, at)), text.slice(at + 1)]
  })
  // a role that is named again joins one more column
  const first = new Map([...columns].reverse())
  const joined = new Map<string, string[]>()
  for (const [role, name] of columns)
    if (first.get(role) !== name) joined.set(role, [...(joined.get(role) ?? []), name])
  return {
    ...(args.has('encoding') && { encoding: args.text('encoding') }),
    ...(args.has('delimiter') && { delimiter: delimiterNames[args.text('delimiter') ?? ''] }),
    ...(args.has('header-row') && { headerRows: { '': Math.max(0, args.number('header-row') ?? 0) } }),
    ...(args.has('leave-out-sheet') && { leftOutSheets: args.texts('leave-out-sheet') }),
    ...(args.has('shape') && { shape: args.text('shape') as DataShape }),
    ...(args.has('split') && { split: args.text('split') as TextSplit }),
    ...(columns.length > 0 && { mapping: Object.fromEntries(first) }),
    ...(joined.size > 0 && { joined: Object.fromEntries(joined) })
  }
}
