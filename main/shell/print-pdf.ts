// A page of ours printed to PDF by Electron: in a window that nobody sees, where no script runs.
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { NeiroError } from '../contract/errors'
import { remove } from '../files/moving'
import type { PrintPdf } from '../services/evaluation/report/print-pdf'
import { createPrintWindow } from './window'

export const printByElectron: PrintPdf = async (html) => {
  const dir = await mkdtemp(join(tmpdir(), 'neiro-pdf-'))
  const window = createPrintWindow()
  try {
    const page = join(dir, 'report.html')
    await writeFile(page, html)
    await window.loadFile(page)
    return await window.webContents.printToPDF({ printBackground: true, pageSize: 'A4' })
  } catch (error) {
    throw new NeiroError('PDF_FAILED', { reason: (error as Error).message })
  } finally {
    window.destroy()
    await remove(dir)
  }
}
