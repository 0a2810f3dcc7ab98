// An Excel or Word file that cannot be opened, as an error that names it and says the way out.
import { extname } from 'node:path'
import type { NeiroError } from '../../../contract/errors'
import { fileError } from '../file-errors'

/** The program that the user would open the file with. */
function programOf(file: string): 'Word' | 'Excel' {
  return extname(file).toLowerCase().startsWith('.doc') ? 'Word' : 'Excel'
}

export const passwordProtected = (file: string): NeiroError =>
  fileError('PASSWORD_PROTECTED', file, { program: programOf(file) })

export const oldOfficeFile = (file: string): NeiroError => {
  const program = programOf(file)
  const format = program === 'Word' ? 'docx' : 'xlsx'
  return fileError('OLD_OFFICE_FILE', file, { program, format })
}

export const brokenOfficeFile = (file: string, reason: string): NeiroError =>
  fileError('BROKEN_OFFICE_FILE', file, { program: programOf(file), problem: reason })

export const officeFileTooLarge = (file: string): NeiroError => fileError('OFFICE_FILE_TOO_LARGE', file)

export const strangeOfficeFile = (file: string): NeiroError =>
  fileError('OFFICE_FILE_STRANGE', file, { program: programOf(file) })

export const noSheets = (file: string): NeiroError => fileError('NO_VISIBLE_SHEET', file)
