// The words of a mail as a mail carries them: text in any charset behind base64 or quoted-printable, and the words of a
// head (RFC 2047). Pure.
import iconv from 'iconv-lite'
import { decoderOf } from '../recognise/decoders'

/** Bytes of a text whose every character is one byte. */
export const bytesOf = (text: string): Buffer => Buffer.from(text, 'latin1')

/** What a transfer encoding hides; an unknown one hides nothing. */
export function unpacked(text: string, encoding: string): Buffer {
  switch (encoding.trim().toLowerCase()) {
    case 'base64':
      return Buffer.from(text, 'base64')
    case 'quoted-printable':
      return unquoted(text)
    default:
      return bytesOf(text)
  }
}

function unquoted(text: string): Buffer {
  const whole = text.replace(/=\r?\n/g, '')
  return bytesOf(
    whole.replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
  )
}

const others: Readonly<Record<string, string>> = {
  'us-ascii': 'utf-8',
  ascii: 'utf-8',
  utf8: 'utf-8',
  shift_jis: 'cp932',
  'shift-jis': 'cp932',
  sjis: 'cp932',
  'x-sjis': 'cp932',
  'windows-31j': 'cp932',
  'iso-8859-1': 'windows-1252',
  'iso-2022-jp-ms': 'iso-2022-jp',
  cp50221: 'iso-2022-jp',
  'ks_c_5601-1987': 'cp949',
  'euc-kr': 'cp949',
  gb2312: 'gb18030',
  gbk: 'gb18030'
}

/** Text of bytes in a charset by its name in mails. A mail that names none, or one that nobody knows, is looked at: its
 *  bytes are UTF-8, else the escapes of Japanese mail, else CP932. */
export function inCharset(bytes: Buffer, charset: string): string {
  const said = charset.trim().toLowerCase()
  const name = others[said] ?? said
  const known = name === 'utf-8' || name === 'iso-2022-jp' || (name !== '' && iconv.encodingExists(name))
  const encoding = known && !(said in plain && !isUtf8(bytes)) ? name : guessed(bytes)
  const decoder = decoderOf(encoding)
  return decoder.write(bytes) + decoder.end()
}

/** Names under which programs send bytes of anything. */
const plain = { '': true, 'us-ascii': true, ascii: true }

function guessed(bytes: Buffer): string {
  if (bytes.includes('\x1b$')) return 'iso-2022-jp'
  return isUtf8(bytes) ? 'utf-8' : 'cp932'
}

function isUtf8(bytes: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return !bytes.includes('\x1b$')
  } catch {
    return false
  }
}

const word = /=\?([^?\s]{1,40})\?([BbQq])\?([^?\s]*)\?=/g

/** A value of a head: encoded words decoded, those next to one another as one (a character may be cut between them). */
export function headText(value: string): string {
  const joined = value.replace(/(\?=)\s+(?==\?)/g, '$1')
  let text = ''
  let at = 0
  let run: { charset: string; bytes: Buffer[] } | null = null
  const close = (): void => {
    if (run) text += inCharset(Buffer.concat(run.bytes), run.charset)
    run = null
  }
  for (const found of joined.matchAll(word)) {
    const [whole, charset = '', kind = '', coded = ''] = found
    const bytes =
      kind.toLowerCase() === 'b' ? Buffer.from(coded, 'base64') : unquoted(coded.replaceAll('_', ' '))
    if (found.index > at) {
      close()
      text += plainText(joined.slice(at, found.index))
    }
    // each word of Japanese mail begins and ends in ASCII: they are joined bytes all the same
    const open: { charset: string; bytes: Buffer[] } | null = run
    if (open && (open as { charset: string }).charset === charset.toLowerCase())
      (open as { bytes: Buffer[] }).bytes.push(bytes)
    else {
      close()
      run = { charset: charset.toLowerCase(), bytes: [bytes] }
    }
    at = found.index + whole.length
  }
  close()
  return (text + plainText(joined.slice(at))).trim()
}

/** Heads of today may be UTF-8 as they are. */
const plainText = (text: string): string => inCharset(bytesOf(text), '')
