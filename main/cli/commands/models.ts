// neiro models: what there is to choose from, fetched, kept and taken away again. The same service as behind the window.
import { resolve } from 'node:path'
import { NeiroError } from '../../contract/errors'
import type { FetchView } from '../../contract/window/models'
import { wordsOf } from '../../words/errors'
import { modelsWords } from '../../words/models'
import { matchesModel } from '../../words/models/search'
import { storeFolderIn } from '../../services/models/model-store'
import { UsageError, type Arguments } from '../arguments'
import type { Command } from '../command'
import { cancelled, type Context } from '../context'
import { bytes, duration, percentage, printable, whole } from '../format'
import { table } from '../table'
import { wrap } from '../width'

const verbs = ['list', 'search', 'get', 'remove', 'where', 'found', 'token'] as const
type Verb = (typeof verbs)[number]

export const models: Command = {
  name: 'models',
  usage: `[${verbs.join('|')}] [NAME]`,
  positionals: { min: 0, max: 2 },
  flags: [
    { name: 'agree', kind: 'switch' },
    { name: 'move', kind: 'text', value: 'DIR' },
    { name: 'shared', kind: 'switch' },
    { name: 'hub', kind: 'text', value: 'URL' },
    { name: 'proxy', kind: 'text', value: 'URL' },
    { name: 'certificates', kind: 'text', value: 'FILE' }
  ],
  examples: [
    'neiro models',
    'neiro models search 日本語',
    'neiro models get Qwen/Qwen3-0.6B',
    'neiro models remove Qwen/Qwen3-0.6B',
    'neiro models where --shared'
  ],
  events: [
    ['model', 'id name standing parameters sizeBytes licence use languages thinking gated released dir'],
    ['fetch', 'id revision state doneBytes totalBytes from error dir'],
    ['found', 'name from kind sizeBytes shownPath'],
    ['moving', 'doneBytes totalBytes (of where --move, --shared)'],
    ['where', 'address proxy certificates token store']
  ],
  run: runModels
}

async function runModels(args: Arguments, context: Context): Promise<number> {
  const [said = 'list', name = ''] = args.positionals
  if (!(verbs as readonly string[]).includes(said))
    throw new UsageError('UNKNOWN_MODELS_WORD', { word: said, known: verbs.join(', ') })
  const verb = said as Verb
  if (name === '' && (verb === 'get' || verb === 'remove'))
    throw new UsageError('MODELS_NAME_MISSING', { word: verb })
  switch (verb) {
    case 'list':
    case 'search':
      return list(context, name)
    case 'get':
      return get(context, name, args.has('agree'))
    case 'remove':
      return remove(context, name)
    case 'where':
      return where(context, args)
    case 'found':
      return found(context)
    case 'token':
      return token(context)
  }
}

async function list({ parts, out, words, language }: Context, search: string): Promise<number> {
  const entries = (await parts.models.known.entries()).filter((entry) => matchesModel(entry, search))
  const say = modelsWords(language)
  const dirs = new Map([...(await parts.shelf.ids())].map(([dir, id]) => [id, dir]))
  for (const entry of entries)
    out.event('model', {
      ...entry,
      licence: entry.licence.name,
      company: entry.licence.use,
      dir: dirs.get(entry.modelId ?? '') ?? null
    })
  if (entries.length === 0) out.line(words.models.none(search))
  const rows = entries.map((entry) => [
    entry.modelId === null ? '' : '✓',
    entry.id,
    entry.parameters === null ? '–' : billions(entry.parameters),
    entry.sizeBytes === null ? '–' : bytes(entry.sizeBytes),
    entry.licence.name,
    entry.standing === 'coming' ? words.models.coming : say.company[entry.licence.use]
  ])
  if (rows.length > 0) {
    const lines = table([words.models.head, ...rows], ['left', 'left', 'right', 'right', 'left', 'left'])
    lines.forEach((line, at) => out.line(at === 0 ? out.style(line, 'dim') : line))
  }
  out.line()
  out.line(words.models.getHint)
  return 0
}

const billions = (count: number): string =>
  count >= 1e9 ? `${(count / 1e9).toFixed(1)}B` : `${whole(count / 1e6)}M`

async function get(context: Context, name: string, agree: boolean): Promise<number> {
  const { parts, out, words, language } = context
  const { hub, downloads } = parts.models
  const { model } = await hub.look(name)
  const say = modelsWords(language)
  out.line(words.models.willFetch(model.id, bytes(model.totalBytes), model.revision.slice(0, 8)))
  out.line(
    [words.models.licence(model.licence.name || '–'), say.company[model.licence.use]].join(
      language === 'ja' ? '' : ' '
    )
  )
  for (const duty of model.licence.duties)
    for (const line of wrap(say.duties[duty], out.columns - 2)) out.line(`  ${line}`)
  let told: FetchView | null = null
  const ended = new Promise<FetchView>((end) => {
    const off = parts.telling.on((event, value) => {
      const view = value as FetchView
      if (event !== 'fetch.changed' || view.id !== model.id) return
      report(context, view, told)
      told = view
      if (!['done', 'failed', 'paused'].includes(view.state)) return
      off()
      end(view)
    })
  })
  const release = context.onInterrupt(() => void downloads.pause(model.id))
  try {
    await hub.fetch(name, agree ? model.licence.key : null)
    const view = await ended
    await downloads.close()
    if (view.error) throw NeiroError.fromData(view.error)
    if (view.state === 'paused') {
      out.line(words.models.paused(`neiro models get ${name}`))
      throw cancelled()
    }
    const dir = [...(await parts.shelf.ids())].find(([, id]) => id === view.modelId)?.[0] ?? ''
    out.event('fetch', { ...brief(view), dir })
    out.line(words.models.here(dir))
    out.line()
    out.line(`  neiro tune --model ${/\s/.test(dir) ? `"${dir}"` : dir} --data FILE`)
    return 0
  } finally {
    release()
  }
}

const brief = ({
  id,
  revision,
  state,
  doneBytes,
  totalBytes,
  from,
  error
}: FetchView): Record<string, unknown> => ({
  id,
  revision,
  state,
  doneBytes,
  totalBytes,
  from,
  error
})

function report({ out, words, language }: Context, view: FetchView, before: FetchView | null): void {
  if (view.state !== before?.state) out.event('fetch', brief(view))
  const share = percentage((view.doneBytes / Math.max(1, view.totalBytes)) * 100)
  if (view.state === 'waiting' && view.error) {
    const said = wordsOf(view.error, language)
    if (before?.state !== 'waiting')
      out.warning(`${said.message} ${words.models.retry(view.retrySeconds ?? 0)}`)
  } else if (view.state === 'checking') out.live(words.models.checking(share))
  else if (view.state === 'fetching') {
    const speed = view.bytesPerSecond === null ? '' : `${bytes(view.bytesPerSecond)}/s`
    const left = view.secondsLeft === null ? '' : words.models.left(duration(view.secondsLeft, language))
    out.live(
      [share, `${bytes(view.doneBytes)} / ${bytes(view.totalBytes)}`, speed, left, view.from]
        .filter(Boolean)
        .join('  ')
    )
  }
}

async function remove({ parts, out, words }: Context, name: string): Promise<number> {
  const entries = [...(await parts.models.origins.all())]
  const dir = entries.find(
    ([dir, { model }]) => model.toLowerCase() === name.toLowerCase() || dir === resolve(name)
  )?.[0]
  const id = dir === undefined ? undefined : (await parts.shelf.ids()).get(dir)
  if (id !== undefined) await parts.models.store.deleteFiles(id)
  // one that is half fetched
  else if ((await parts.models.downloads.list()).some((view) => view.id === name))
    await parts.models.downloads.cancel(name)
  else throw new NeiroError('MODEL_NOT_FETCHED')
  out.line(words.models.removed(name))
  return 0
}

async function where({ parts, out, words }: Context, args: Arguments): Promise<number> {
  const { settings, store, view, hubCache, ownStore } = parts.models
  const address = args.text('hub')
  const proxy = args.text('proxy')
  const file = args.text('certificates')
  await settings.change({
    ...(address !== undefined && { address }),
    ...(proxy !== undefined && { proxy }),
    ...(file !== undefined && { certificates: file === '' ? '' : resolve(file) })
  })
  const target = args.text('move')
  const tell = (done: number, total: number): void => {
    out.event('moving', { doneBytes: done, totalBytes: total })
    out.live(words.models.moving(bytes(done), bytes(total)))
  }
  if (target !== undefined)
    await store.move(target === '' ? ownStore() : await storeFolderIn(resolve(target)), tell)
  else if (args.has('shared')) await store.move(hubCache, tell)
  out.clearLive()
  const now = await view()
  out.event('where', { ...now })
  const rows = [
    [words.models.where.address, now.address],
    [
      words.models.where.proxy,
      now.proxy === '' ? words.models.where.environment : withoutPassword(now.proxy)
    ],
    [words.models.where.certificates, now.certificates || '–'],
    [words.models.where.token, words.models.where.tokens[now.token]],
    [words.models.where.store, now.store.shownPath],
    [words.models.where.holds, words.models.where.models(now.store.models, bytes(now.store.bytes))]
  ]
  for (const line of table(rows)) out.line(line)
  if (now.token === 'kept' && now.tokenPlace === 'file') out.line(words.models.where.inFile)
  return 0
}

const withoutPassword = (proxy: string): string => proxy.replace(/\/\/[^@/]*@/, '//…@')

async function found({ parts, out, words, language }: Context): Promise<number> {
  const all = await parts.models.found()
  for (const { id: _, ...one } of all) out.event('found', one)
  if (all.length === 0) out.line(words.models.noneFound)
  const say = modelsWords(language)
  for (const one of all)
    out.line(
      `${printable(one.name)}  ${say.found[one.from]}  ${bytes(one.sizeBytes)}\n  ${printable(one.shownPath)}`
    )
  return 0
}

/** Read from the standard input, so that it stands in no history. */
async function token({ parts, out, words, stdin }: Context): Promise<number> {
  if (stdin.isTTY) out.line(words.models.askToken)
  let text = ''
  for await (const piece of stdin) {
    text += String(piece)
    if (text.includes('\n')) break
  }
  const said = text.split('\n')[0]?.trim() ?? ''
  if (/[^\x21-\x7e]/.test(said)) throw new NeiroError('HUB_BAD_TOKEN')
  await parts.models.token.set(said)
  out.line(said === '' ? words.models.tokenForgotten : words.models.tokenKept)
  if (said !== '' && parts.models.token.place === 'file') out.line(words.models.where.inFile)
  return 0
}
