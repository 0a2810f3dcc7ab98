// The system's own dialogs: the only way by which a path enters from a click.
import { dialog, type BrowserWindow, type FileFilter, type OpenDialogOptions } from 'electron'
import type { ChooseKind } from './contract/window/app'
import type { Language } from './contract/words/language'
import { knownExtensions } from './services/data/formats'

const words = {
  ja: { data: 'お手本にするファイル', all: 'すべてのファイル' },
  en: { data: 'Files to learn from', all: 'All files' }
} as const

const properties: Record<ChooseKind, NonNullable<OpenDialogOptions['properties']>> = {
  'data-files': ['openFile', 'multiSelections'],
  'data-folder': ['openDirectory', 'multiSelections'],
  'model-folder': ['openDirectory'],
  'project-folder': ['openDirectory'],
  'export-folder': ['openDirectory', 'createDirectory']
}

/** Empty when the user cancelled. */
export async function choosePaths(
  window: BrowserWindow | null,
  kind: ChooseKind,
  language: Language
): Promise<readonly string[]> {
  const filters: FileFilter[] =
    kind === 'data-files'
      ? [
          {
            name: words[language].data,
            extensions: knownExtensions.map((extension) => extension.slice(1))
          },
          { name: words[language].all, extensions: ['*'] }
        ]
      : []
  const options: OpenDialogOptions = { properties: properties[kind], filters }
  const answer = window ? await dialog.showOpenDialog(window, options) : await dialog.showOpenDialog(options)
  return answer.canceled ? [] : answer.filePaths
}
