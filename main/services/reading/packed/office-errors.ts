// An Excel or Word file that cannot be opened, as an error that names it and says the way out.
import { extname } from 'node:path'
import type { NeiroError } from '../../../contract/errors'
import type { ForeignKind } from '../content-kind'
import { fileError } from '../file-errors'

/** The program that the user would open the file with. */
function programOf(file: string): 'Word' | 'Excel' | 'LibreOffice' {
  const extension = extname(file).toLowerCase()
  if (/^\.o[dt][st]$/.test(extension)) return 'LibreOffice'
  return /^\.(doc|dot)/.test(extension) ? 'Word' : 'Excel'
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

/** Kinds that are known by their name alone. */
type NamedKind =
  | 'old-writer'
  | 'access'
  | 'calc'
  | 'gnumeric'
  | 'hancom'
  | 'ichitaro'
  | 'onenote'
  | 'outlook'
  | 'publisher'
  | 'visio'
  | 'wps'
type OtherKind = ForeignKind | NamedKind

/** Who opens a file of a kind that is not read here, and what it can save it as. */
const others: Readonly<Record<OtherKind, readonly [program: string, format: string]>> = {
  xlsb: ['Excel', 'xlsx'],
  'old-writer': ['LibreOffice', 'docx'],
  odp: ['LibreOffice', 'txt'],
  pptx: ['PowerPoint', 'rtf'],
  numbers: ['Numbers', 'xlsx'],
  pages: ['Pages', 'docx'],
  'web-archive': ['Excel', 'xlsx'],
  rtf: ['Word', 'docx'],
  'word-xml': ['Word', 'docx'],
  access: ['Access', 'xlsx'],
  calc: ['LibreOffice', 'xlsx'],
  gnumeric: ['Gnumeric', 'xlsx'],
  hancom: ['Hancom Office', 'docx'],
  ichitaro: ['一太郎', 'docx'],
  onenote: ['OneNote', 'docx'],
  outlook: ['Outlook', 'txt'],
  publisher: ['Publisher', 'docx'],
  visio: ['Visio', 'txt'],
  wps: ['WPS Office', 'docx']
}

/** Their extensions, for files that do not say themselves what they are. */
export const foreignExtensions: Readonly<Partial<Record<string, OtherKind>>> = {
  ...{ '.xlsb': 'xlsb', '.fodt': 'old-writer', '.odp': 'odp', '.rtf': 'rtf' },
  ...{ '.pptx': 'pptx', '.pptm': 'pptx', '.ppsx': 'pptx', '.ppt': 'pptx', '.pps': 'pptx' },
  ...{ '.numbers': 'numbers', '.pages': 'pages', '.mht': 'web-archive', '.mhtml': 'web-archive' },
  ...{ '.accdb': 'access', '.mdb': 'access', '.sxc': 'calc', '.fods': 'calc', '.gnumeric': 'gnumeric' },
  ...{ '.hwp': 'hancom', '.hwpx': 'hancom', '.jtd': 'ichitaro', '.jtt': 'ichitaro', '.jttc': 'ichitaro' },
  ...{ '.one': 'onenote', '.msg': 'outlook', '.pst': 'outlook', '.pub': 'publisher', '.sxw': 'old-writer' },
  ...{ '.vsd': 'visio', '.vsdx': 'visio', '.wps': 'wps' }
}

export function foreignFile(file: string, kind: OtherKind): NeiroError {
  const [program, format] = others[kind]
  return fileError('FOREIGN_FILE', file, { program, format })
}
