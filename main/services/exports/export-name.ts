// The name of an exported folder: project, run and what it is, in a form that every system accepts. Pure.
import type { ExportKind } from '../../contract/window/results'

const most = 60

export function exportName(project: string, run: string, kind: ExportKind): string {
  const words = `${project}-${run}`
    .normalize('NFC')
    .replace(/[<>:"/\\|?*\p{C}\s]+/gu, '-')
    .replace(/^[-.]+/, '')
  const short = [...words]
    .slice(0, most)
    .join('')
    .replace(/[-. ]+$/, '')
  return `${short || 'neiro'}-${kind === 'peft' ? 'adapter' : 'merged'}`
}
