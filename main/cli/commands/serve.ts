// neiro serve: the window for a browser on this machine. Serving itself is main/serve; this shows the address,
// opens a browser where there is one, and stays until Ctrl-C.
import { spawn } from 'node:child_process'
import { NeiroError } from '../../contract/errors'
import type { Command } from '../command'
import type { Context, ServedWindow } from '../context'

/** The program that opens an address in the user's browser. */
const opener = { darwin: 'open', win32: 'explorer' } as Readonly<Record<string, string>>

export const serveCommand: Command = {
  name: 'serve',
  usage: '',
  positionals: { min: 0, max: 0 },
  flags: [
    {
      name: 'port',
      kind: 'integer',
      value: 'N'
    },
    { name: 'open', kind: 'switch' }
  ],
  examples: ['neiro serve --open', 'neiro serve --port 8400'],
  events: [
    ['serving', 'url port'],
    ['address', 'url']
  ],
  async run(args, context) {
    const { out, words } = context
    const ended = new Promise<void>((done) => context.onInterrupt(() => done()))
    const served = await serveAt(args.number('port') ?? 0, context)
    out.event('serving', { url: served.url, port: served.port })
    out.line(words.serve.open)
    out.line(`  ${served.url}`)
    out.line(words.serve.stop)
    if (args.has('open')) {
      const child = spawn(opener[process.platform] ?? 'xdg-open', [served.url], {
        stdio: 'ignore',
        detached: true
      })
      // without a browser the address above is the way
      child.on('error', () => undefined)
      child.unref()
    }
    await ended
    out.line(words.serve.stopping)
    await served.close()
    return 0
  }
}

async function serveAt(port: number, context: Context): Promise<ServedWindow> {
  try {
    return await context.serveWindow({
      port,
      language: context.language,
      onAddress(url) {
        context.out.event('address', { url })
        context.out.line(context.words.serve.another)
        context.out.line(`  ${url}`)
      }
    })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const details = { port: String(port) }
    if (code === 'EADDRINUSE') throw new NeiroError('PORT_IN_USE', details)
    // a low number is the system's; one over 65535 is none
    if (code === 'EACCES' || code === 'ERR_SOCKET_BAD_PORT') throw new NeiroError('PORT_NOT_ALLOWED', details)
    throw error
  }
}
