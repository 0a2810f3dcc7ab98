// The window's own address, app://neiro: the built renderer and nothing else, with the same headers as when it
// is served. A page at file:// would have rights that ours must not have.
import { protocol } from 'electron'
import { headers, readPages } from '../serve/pages'

const scheme = 'app'
export const origin = `${scheme}://neiro`
export const pageUrl = `${origin}/index.html`

/** Before the app is ready. */
export function declareScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } }
  ])
}

export async function servePages(pagesDir: string): Promise<void> {
  const pages = await readPages(pagesDir)
  // better said at the start than shown as an empty window
  if (!pages.has('/index.html')) throw new Error(`no page in ${pagesDir}`)
  protocol.handle(scheme, (request) => {
    const url = new URL(request.url)
    const page = url.host === 'neiro' && request.method === 'GET' ? pages.get(url.pathname) : undefined
    if (!page) return new Response('', { status: 404 })
    return new Response(new Uint8Array(page.body), { headers: { ...headers, 'Content-Type': page.type } })
  })
}
