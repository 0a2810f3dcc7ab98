// The system's own dialogs: the only way by which a path enters from a click.
import { basename } from 'node:path'
import {
  dialog,
  type BrowserWindow,
  type FileFilter,
  type MessageBoxOptions,
  type OpenDialogOptions
} from 'electron'
import type { ChooseKind } from '../contract/window/app'
import type { Language } from '../contract/language'
import { knownExtensions } from '../services/reading/formats'
import { shellWords } from '../words/shell'

const properties: Record<ChooseKind, NonNullable<OpenDialogOptions['properties']>> = {
  'data-files': ['openFile', 'multiSelections'],
  'data-folder': ['openDirectory', 'multiSelections'],
  'model-folder': ['openDirectory'],
  'model-file': ['openFile'],
  'project-folder': ['openDirectory'],
  'export-folder': ['openDirectory', 'createDirectory'],
  'training-folder': ['openDirectory'],
  program: ['openFile']
}

/** Empty when the user cancelled. */
export async function choosePaths(
  window: BrowserWindow | null,
  kind: ChooseKind,
  language: Language
): Promise<readonly string[]> {
  const say = shellWords[language].dialogs
  const all = { name: say.all, extensions: ['*'] }
  const filters: Partial<Record<ChooseKind, FileFilter[]>> = {
    'data-files': [
      { name: say.data, extensions: knownExtensions.map((extension) => extension.slice(1)) },
      all
    ],
    'model-file': [{ name: 'GGUF', extensions: ['gguf'] }, all]
  }
  const options: OpenDialogOptions = {
    title: say.titles[kind],
    // a Mac shows no title
    message: say.titles[kind],
    buttonLabel: say.choose,
    properties: properties[kind],
    filters: filters[kind] ?? []
  }
  const answer = window ? await dialog.showOpenDialog(window, options) : await dialog.showOpenDialog(options)
  return answer.canceled ? [] : answer.filePaths
}

/** Whether a program of the user's own may run. What closes the dialog is no. */
export async function askToRun(
  window: BrowserWindow | null,
  file: string,
  language: Language
): Promise<boolean> {
  const say = shellWords[language].dialogs.program
  const options: MessageBoxOptions = {
    type: 'warning',
    message: say.title(basename(file)),
    detail: `${file}\n\n${say.text}`,
    buttons: [say.refuse, say.agree],
    defaultId: 0,
    cancelId: 0,
    noLink: true
  }
  const { response } = window
    ? await dialog.showMessageBox(window, options)
    : await dialog.showMessageBox(options)
  return response === 1
}
