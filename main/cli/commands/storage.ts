// neiro storage: where projects, runs and fetched models lie; moved, and the old place emptied. The same service as
// behind the window.
import { resolve } from 'node:path'
import { NeiroError } from '../../contract/errors'
import type { StorageView } from '../../contract/window/storage'
import { asFileError } from '../../files/file-errors'
import { makeFolder } from '../../files/make-folder'
import type { Command } from '../command'
import { cancelled, type Context } from '../context'
import { bytes, percentage } from '../format'
import { table } from '../table'

export const storageCommand: Command = {
  name: 'storage',
  usage: '[--to DIR] [--empty-old]',
  positionals: { min: 0, max: 0 },
  flags: [
    { name: 'to', kind: 'text', value: 'DIR' },
    { name: 'empty-old', kind: 'switch' },
    { name: 'standard', kind: 'switch' }
  ],
  examples: ['neiro storage', 'neiro storage --to D:\\', 'neiro storage --empty-old'],
  events: [
    ['moving', 'target stage doneBytes totalBytes'],
    ['storage', 'shownPath modelsPath away left']
  ],
  async run(args, context) {
    const { storageMove, sweep } = context.parts
    // what a killed move left is gone before anything is said of the place
    await sweep()
    const target = args.text('to')
    if (args.has('standard')) await storageMove.useStandard()
    if (target !== undefined) await move(context, resolve(target))
    if (args.has('empty-old')) await storageMove.emptyOld()
    return show(context)
  }
}

async function move(context: Context, target: string): Promise<void> {
  const { parts, out, words } = context
  const { storageMove, telling } = parts
  await makeFolder(target).catch((error: unknown) => {
    throw asFileError(error, target)
  })
  let stage = ''
  const off = telling.on((event, value) => {
    const progress = event === 'storage.changed' ? (value as StorageView).progress : null
    if (!progress) return
    const share = percentage((progress.doneBytes / Math.max(1, progress.totalBytes)) * 100)
    out.live(`${share}  ${words.storage.stages[progress.stage]}  ${bytes(progress.totalBytes)}`)
    if (progress.stage !== stage) out.event('moving', { ...progress })
    stage = progress.stage
  })
  let stopped = false
  const release = context.onInterrupt(() => {
    stopped = true
    void storageMove.cancel()
  })
  try {
    await storageMove.begin(target)
    await storageMove.ended()
  } finally {
    release()
    off()
    out.clearLive()
  }
  if (storageMove.failure) throw NeiroError.fromData(storageMove.failure)
  if (stopped && parts.storage.standing.left === null) throw cancelled()
}

async function show({ parts, out, words }: Context): Promise<number> {
  const { shownPath, modelsPath, away, left } = await parts.viewOfStorage()
  out.event('storage', { shownPath, modelsPath, away, left })
  const rows = [
    [words.storage.place, shownPath],
    ...(modelsPath === null ? [] : [[words.storage.models, modelsPath]]),
    ...(left === null ? [] : [[words.storage.left, `${left.shownPath} (${bytes(left.bytes ?? 0)})`]])
  ]
  for (const line of table(rows)) out.line(line)
  if (away) out.warning(words.storage.away)
  if (left) out.line(words.storage.emptyHint)
  return 0
}
