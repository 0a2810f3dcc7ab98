// Icons that hold one PNG as it is: an .ico (Windows Vista and newer) by 22 bytes of header, an .icns by 16.
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

/** png: 512 pixels on each side (that is what ic09 says). */
export function writeMacIcon(png, icns) {
  const picture = readFileSync(png)
  const header = Buffer.alloc(16)
  header.write('icns', 0, 'latin1')
  header.writeUInt32BE(picture.length + 16, 4)
  header.write('ic09', 8, 'latin1')
  header.writeUInt32BE(picture.length + 8, 12)
  mkdirSync(dirname(icns), { recursive: true })
  writeFileSync(icns, Buffer.concat([header, picture]))
}
