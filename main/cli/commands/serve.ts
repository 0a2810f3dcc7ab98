// neiro serve: the window for a browser on this machine. Serving itself is main/serve; this shows the address,
// opens a browser where there is one, and stays until Ctrl-C.
import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { NeiroError } from '../../contract/errors'
import type { Command } from '../command'
import { Asking } from '../asking'
import type { Context, ServedWindow, ServeWindowOptions } from '../context'
import { openBrowser } from '../open-browser'
import { UntilInterrupted } from '../until-interrupted'

export const serveCommand: Command = {
  name: 'serve',
  usage: '[--open] [--folder DIR]',
  positionals: { min: 0, max: 0 },
  flags: [
    {
      name: 'port',
      kind: 'integer',
      value: 'N'
    },
    { name: 'open', kind: 'switch' },
    { name: 'folder', kind: 'texts', value: 'DIR' }
  ],
  examples: ['neiro serve --open', 'neiro serve --port 8400', 'neiro serve --folder /data'],
  events: [
    ['serving', 'url port'],
    ['address', 'url']
  ],
  async run(args, context) {
    const { out, words } = context
    const interrupted = new UntilInterrupted(context)
    let closeFile = async (): Promise<void> => undefined
    const another = (): void => {
      const url = served.newAddress()
      out.event('address', { url })
      out.line(words.serve.another)
      out.line(`  ${url}`)
    }
    // a person asks for the next address; who only reads what is written here is given it
    const asking = new Asking(context, another)
    const served = await serveAt(args.number('port') ?? 0, args.texts('folder'), context, {
      onSpent() {
        void closeFile()
        if (asking.isPerson) out.line(words.serve.enter)
        else another()
      },
      allow: (folder) => asking.allow(folder)
    })
    out.event('serving', { url: served.url, port: served.port })
    out.line(words.serve.open)
    out.line(`  ${served.url}`)
    out.line(words.serve.stop)
    if (args.has('open')) closeFile = await openBrowser(served.url, context.places.neiroHome)
    await interrupted.ended
    asking.end()
    out.line(words.serve.stopping)
    // a second Ctrl-C waits for nothing
    return interrupted.exitAfter(Promise.all([served.close(), closeFile()]))
  }
}

type Watching = Pick<ServeWindowOptions, 'onSpent' | 'allow'>

async function serveAt(
  port: number,
  folders: readonly string[],
  context: Context,
  watching: Watching
): Promise<ServedWindow> {
  try {
    const real = await Promise.all(folders.map((folder) => folderHere(resolve(folder))))
    return await context.serveWindow({ port, folders: real, language: context.language, ...watching })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const details = { port: String(port) }
    if (code === 'EADDRINUSE') throw new NeiroError('PORT_IN_USE', details)
    // a low number is the system's; one over 65535 is none
    if (code === 'EACCES' || code === 'ERR_SOCKET_BAD_PORT') throw new NeiroError('PORT_NOT_ALLOWED', details)
    throw error
  }
}

/** A misspelt one would be noticed only in the window. */
async function folderHere(folder: string): Promise<string> {
  const info = await stat(folder).catch(() => null)
  if (!info?.isDirectory()) throw new NeiroError('FOLDER_UNREADABLE', { folder })
  return folder
}
