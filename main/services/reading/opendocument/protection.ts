// Whether an OpenDocument file is protected by a password: its list of parts says how each is encrypted.
import { passwordProtected } from '../packed/office-errors'
import type { OfficePackage } from '../packed/office-package'

const list = 'META-INF/manifest.xml'

export async function refuseProtected(file: OfficePackage): Promise<void> {
  if (!file.has(list)) return
  let isProtected = false
  await file.readXml(list, { open: (name) => (isProtected ||= name === 'encryption-data') })
  if (isProtected) throw passwordProtected(file.path)
}
