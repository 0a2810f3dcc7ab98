// An .ico that holds one PNG as it is (Windows Vista and newer): 22 bytes of header before it.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** png: 256 pixels or more on each side (0 in the header stands for that). */
export function writeIcon(png, ico) {
  const picture = readFileSync(png)
  const header = Buffer.alloc(22)
  header.writeUInt16LE(1, 2) // an icon
  header.writeUInt16LE(1, 4) // of one picture
  header.writeUInt16LE(1, 10) // planes
  header.writeUInt16LE(32, 12) // bits of a pixel
  header.writeUInt32LE(picture.length, 14)
  header.writeUInt32LE(header.length, 18)
  mkdirSync(dirname(ico), { recursive: true })
  writeFileSync(ico, Buffer.concat([header, picture]))
}
