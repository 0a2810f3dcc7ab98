// The name of an exported folder: project, run and what it is. Pure.
import type { ExportKind } from '../../contract/window/results'
import { folderName } from '../files/folder-name'

const most = 60

const endings: Readonly<Record<ExportKind, string>> = {
  ...{ peft: 'adapter', merged: 'merged', gguf: 'gguf', ollama: 'ollama' },
  ...{ 'lm-studio': 'lm-studio', 'gguf-adapter': 'gguf-adapter' }
}

export function exportName(project: string, run: string, kind: ExportKind): string {
  const words = [...folderName(`${project}-${run}`, '-')].slice(0, most).join('')
  return `${folderName(words, '-') || 'neiro'}-${endings[kind]}`
}
