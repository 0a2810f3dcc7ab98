// Encodings by the names people know from their other programs. Pure.

const names: Readonly<Record<string, string>> = {
  'utf-8': 'UTF-8',
  'utf-8-bom': 'UTF-8 (BOM)',
  'utf-16le': 'UTF-16 LE',
  'utf-16be': 'UTF-16 BE',
  'utf-32le': 'UTF-32 LE',
  'utf-32be': 'UTF-32 BE',
  cp932: 'Shift_JIS',
  'euc-jp': 'EUC-JP',
  'iso-2022-jp': 'ISO-2022-JP',
  'windows-1252': 'Windows-1252',
  'iso-8859-15': 'ISO-8859-15',
  macroman: 'Mac Roman',
  cp850: 'DOS 850',
  'windows-1250': 'Windows-1250',
  'iso-8859-2': 'ISO-8859-2',
  cp852: 'DOS 852',
  gb18030: 'GB18030 / GBK',
  big5: 'Big5',
  cp949: 'EUC-KR',
  'windows-1251': 'Windows-1251',
  'koi8-r': 'KOI8-R',
  'koi8-u': 'KOI8-U',
  'iso-8859-5': 'ISO-8859-5',
  cp866: 'DOS 866',
  maccyrillic: 'Mac Cyrillic',
  'windows-1253': 'Windows-1253',
  'iso-8859-7': 'ISO-8859-7',
  'windows-1254': 'Windows-1254',
  'windows-1255': 'Windows-1255',
  'windows-1256': 'Windows-1256',
  'windows-1257': 'Windows-1257',
  'iso-8859-13': 'ISO-8859-13',
  'windows-1258': 'Windows-1258',
  'windows-874': 'Windows-874'
}

export const encodings: readonly string[] = Object.keys(names)

export const encodingName = (code: string): string => names[code] ?? code
