// A page of ours printed to PDF by a browser of this machine, without a window, without a network and without the user's own
// profile. Electron prints by itself (shell/print-pdf.ts).
import { spawn } from 'node:child_process'
import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { NeiroError } from '../../../contract/errors'
import { remove } from '../../../files/moving'
import { findBrowser } from './browsers'

/** NO_PDF_BROWSER where there is none; PDF_FAILED with what it said. */
export type PrintPdf = (html: string) => Promise<Uint8Array>

/** ms; the first start of a browser reads a lot from the disk */
const patience = 120_000

export const printByBrowser: PrintPdf = async (html) => {
  const browser = findBrowser(process.env)
  if (browser === null) throw new NeiroError('NO_PDF_BROWSER')
  const dir = await mkdtemp(join(tmpdir(), 'neiro-pdf-'))
  try {
    const [page, pdf] = [join(dir, 'report.html'), join(dir, 'report.pdf')]
    await writeFile(page, html)
    const said = await run(browser, [...flags(join(dir, 'profile'), pdf), pathToFileURL(page).href])
    return await readFile(pdf).catch(() => {
      throw new NeiroError('PDF_FAILED', { reason: lastLine(said) })
    })
  } finally {
    await remove(dir)
  }
}

const flags = (profile: string, pdf: string): readonly string[] => [
  '--headless',
  '--disable-gpu',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-extensions',
  '--disable-dev-shm-usage',
  // nothing has an address: a page that asked for something would not get it
  '--host-resolver-rules=MAP * ~NOTFOUND',
  // who is root has no sandbox to give up, and Chromium does not start with one
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  `--user-data-dir=${profile}`,
  '--no-pdf-header-footer',
  `--print-to-pdf=${pdf}`
]

function run(file: string, args: readonly string[]): Promise<string> {
  return new Promise((done, failed) => {
    const child = spawn(file, args, { stdio: ['ignore', 'ignore', 'pipe'], timeout: patience })
    let said = ''
    child.stderr.on('data', (data: Buffer) => (said = (said + data.toString()).slice(-4000)))
    child.on('error', ({ message }) => failed(new NeiroError('PDF_FAILED', { reason: message })))
    child.on('exit', () => done(said))
  })
}

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? ''
