// The older container of Office files: what an .xls or .doc is, and what Excel and Word wrap a file in that is
// protected by a password. Told apart by the names of the streams inside; nothing else is read.
import { openOrdinary } from '../../../files/ordinary-file'
import { piecesOf } from '../../../files/pieces'

const magic = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])

export async function isOleFile(path: string): Promise<boolean> {
  const handle = await openOrdinary(path)
  try {
    const head = Buffer.alloc(magic.length)
    await handle.read(head, 0, head.length, 0)
    return head.equals(magic)
  } finally {
    await handle.close()
  }
}

/** Names are UTF-16 and stand in a directory that may lie anywhere in the file. */
const protectedMark = Buffer.from('EncryptedPackage', 'utf16le')

export async function isProtected(path: string): Promise<boolean> {
  let before: Buffer = Buffer.alloc(0)
  for await (const piece of piecesOf(path)) {
    const bytes = Buffer.concat([before, piece])
    if (bytes.includes(protectedMark)) return true
    before = bytes.subarray(Math.max(0, bytes.length - protectedMark.length))
  }
  return false
}
