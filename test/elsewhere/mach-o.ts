// What a Mach-O file of 64 bits says of itself: processor, libraries, the names that it leaves open, and the
// oldest system that it is for.
const loadDylib = 0xc
const symbols = 0x2
const dynamicSymbols = 0xb
const buildVersion = 0x32

export interface MachO {
  readonly cpu: string
  readonly libraries: readonly string[]
  readonly undefinedNames: readonly string[]
  readonly oldest: string
}

const textAt = (bytes: Buffer, at: number): string => bytes.toString('latin1', at, bytes.indexOf(0, at))

export function machO(bytes: Buffer): MachO {
  if (bytes.readUInt32LE(0) !== 0xfeedfacf) throw new Error('no Mach-O file of 64 bits')
  const cpus: Readonly<Record<number, string>> = { 0x0100000c: 'arm64', 0x01000007: 'x86_64' }
  const libraries: string[] = []
  let oldest = ''
  let table = { at: 0, count: 0, texts: 0 }
  let open = { from: 0, count: 0 }
  let at = 32
  for (let left = bytes.readUInt32LE(16); left > 0; left--) {
    const command = bytes.readUInt32LE(at) & 0x7fffffff
    const word = (index: number): number => bytes.readUInt32LE(at + 4 * index)
    if (command === loadDylib) libraries.push(textAt(bytes, at + word(2)))
    if (command === symbols) table = { at: word(2), count: word(3), texts: word(4) }
    if (command === dynamicSymbols) open = { from: word(6), count: word(7) }
    if (command === buildVersion) oldest = `${word(3) >>> 16}.${(word(3) >>> 8) & 0xff}`
    at += word(1)
  }
  const nameOf = (index: number): string =>
    textAt(bytes, table.texts + bytes.readUInt32LE(table.at + 16 * index))
  return {
    cpu: cpus[bytes.readUInt32LE(4)] ?? 'unknown',
    libraries,
    undefinedNames: Array.from({ length: open.count }, (_, i) => nameOf(open.from + i)),
    oldest
  }
}
