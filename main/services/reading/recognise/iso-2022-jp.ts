// Old Japanese mail and news: seven-bit bytes, switched between character sets by escape sequences. Rewritten
// as EUC-JP bytes, which the decoder knows. Knows nothing of files.

type CharacterSet = 'ascii' | 'kanji' | 'half-width kana'

const escapes: Readonly<Record<string, CharacterSet>> = {
  '(B': 'ascii',
  '(J': 'ascii',
  '$@': 'kanji',
  $B: 'kanji',
  '(I': 'half-width kana'
}

export class Iso2022JpToEuc {
  private set: CharacterSet = 'ascii'
  /** bytes of an escape sequence that the last chunk cut */
  private left: number[] = []

  convert(chunk: Uint8Array): Buffer {
    const bytes = [...this.left, ...chunk]
    const euc: number[] = []
    this.left = []
    for (let i = 0; i < bytes.length; i++) {
      const byte = bytes[i] as number
      if (byte === 0x1b) {
        if (i + 2 >= bytes.length) {
          this.left = bytes.slice(i)
          break
        }
        const set = escapes[String.fromCharCode(bytes[i + 1] as number, bytes[i + 2] as number)]
        if (set) {
          this.set = set
          i += 2
          continue
        }
      }
      if (byte === 0x0a || byte === 0x0d) this.set = 'ascii'
      if (this.set === 'half-width kana' && byte > 0x20) euc.push(0x8e)
      euc.push(this.set === 'ascii' || byte <= 0x20 ? byte : byte | 0x80)
    }
    return Buffer.from(euc)
  }
}
