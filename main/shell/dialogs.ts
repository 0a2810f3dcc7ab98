// The system's own dialogs: the only way by which a path enters from a click.
import { dialog, type BrowserWindow, type FileFilter, type OpenDialogOptions } from 'electron'
import type { ChooseKind } from '../contract/window/app'
import type { Language } from '../contract/language'
import { knownExtensions } from '../services/reading/formats'

const words = {
  ja: {
    data: 'お手本にするファイル',
    all: 'すべてのファイル',
    choose: '選ぶ',
    titles: {
      'data-files': 'お手本にするファイルを選ぶ',
      'data-folder': 'お手本の入ったフォルダーを選ぶ',
      'model-folder': 'モデルのフォルダーを選ぶ',
      'project-folder': 'プロジェクトのフォルダーを選ぶ',
      'export-folder': '書き出すフォルダーを選ぶ'
    }
  },
  en: {
    data: 'Files to learn from',
    all: 'All files',
    choose: 'Choose',
    titles: {
      'data-files': 'Choose files to learn from',
      'data-folder': 'Choose folders of files to learn from',
      'model-folder': 'Choose the folder of a model',
      'project-folder': 'Choose the folder of a project',
      'export-folder': 'Choose where to write'
    }
  }
} as const satisfies Record<Language, { titles: Record<ChooseKind, string> } & Record<string, unknown>>

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
  const say = words[language]
  const filters: FileFilter[] =
    kind === 'data-files'
      ? [
          { name: say.data, extensions: knownExtensions.map((extension) => extension.slice(1)) },
          { name: say.all, extensions: ['*'] }
        ]
      : []
  const options: OpenDialogOptions = {
    title: say.titles[kind],
    // a Mac shows no title
    message: say.titles[kind],
    buttonLabel: say.choose,
    properties: properties[kind],
    filters
  }
  const answer = window ? await dialog.showOpenDialog(window, options) : await dialog.showOpenDialog(options)
  return answer.canceled ? [] : answer.filePaths
}
