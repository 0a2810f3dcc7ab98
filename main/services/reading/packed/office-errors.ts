// An Excel or Word file that cannot be opened, as an error that names it and says the way out.
import { extname } from 'node:path'
import type { NeiroError } from '../../../contract/errors'
import { fileError } from '../file-errors'

/** The program that the user would open the file with. */
function programOf(file: string): 'Word' | 'Excel' {
  return extname(file).toLowerCase().startsWith('.doc') ? 'Word' : 'Excel'
}

export const passwordProtected = (file: string): NeiroError =>
  fileError(
    'PASSWORD_PROTECTED',
    file,
    'the file is protected by a password',
    `Remove it in ${programOf(file)}, then add the file again.`,
    { program: programOf(file) }
  )

export const oldOfficeFile = (file: string): NeiroError => {
  const program = programOf(file)
  const format = program === 'Word' ? 'docx' : 'xlsx'
  return fileError(
    'OLD_OFFICE_FILE',
    file,
    `the file is in the older format of ${program}`,
    `Open it in ${program}, save it as .${format}, then add that file.`,
    { program, format }
  )
}

export const brokenOfficeFile = (file: string, reason: string): NeiroError =>
  fileError(
    'BROKEN_OFFICE_FILE',
    file,
    `the file is damaged or incomplete (${reason})`,
    `Open it in ${programOf(file)}, save it once more, then add it again.`,
    { program: programOf(file), problem: reason }
  )

export const officeFileTooLarge = (file: string): NeiroError =>
  fileError(
    'OFFICE_FILE_TOO_LARGE',
    file,
    'unpacked, the file would be larger than anything this program opens',
    'Save only the sheets and columns that are needed, or save the table as CSV.'
  )

export const noSheets = (file: string): NeiroError =>
  fileError(
    'NO_VISIBLE_SHEET',
    file,
    'every sheet with something in it is hidden',
    'Show the sheet in Excel, save the file, then add it again.'
  )
