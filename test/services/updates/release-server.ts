// A place for new versions on the loopback address: what electron-builder writes, served as any web server does.
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import { stringify } from 'yaml'
import type { Manifest } from '../../../main/services/updates/manifest'

export interface ReleaseServer {
  readonly address: string
  /** what was asked for, with what was said of whoever asks */
  readonly asked: readonly { readonly path: string; readonly headers: IncomingMessage['headers'] }[]
  manifest: Manifest | null
  file: Buffer
  /** of the file: what comes before the line is cut; null: all of it */
  cutAfter: number | null
  /** the file does not end before this is called */
  hold: Promise<void> | null
}

export async function releaseServer(manifest: Manifest | null, file: Buffer): Promise<ReleaseServer> {
  const asked: { path: string; headers: IncomingMessage['headers'] }[] = []
  const state = { manifest, file, cutAfter: null as number | null, hold: null as Promise<void> | null }
  const server = createServer((request, response) => {
    const path = (request.url ?? '').split('?')[0] ?? ''
    asked.push({ path, headers: request.headers })
    if (path.endsWith('.yml')) {
      response.statusCode = state.manifest ? 200 : 404
      response.end(state.manifest ? stringify(state.manifest) : 'none')
      return
    }
    response.setHeader('content-length', state.file.length)
    response.write(state.file.subarray(0, state.cutAfter ?? Math.ceil(state.file.length / 2)))
    if (state.cutAfter !== null) return void setTimeout(() => response.destroy(), 50)
    void (state.hold ?? Promise.resolve()).then(() =>
      response.end(state.file.subarray(Math.ceil(state.file.length / 2)))
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/neiro/`
  return Object.assign(state, { address, asked })
}
