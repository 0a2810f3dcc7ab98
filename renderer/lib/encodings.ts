// Encodings by the names people know from their other programs. Pure.

const names: Readonly<Record<string, string>> = {
  'utf-8': 'UTF-8',
  'utf-8-bom': 'UTF-8 (BOM)',
  'utf-16le': 'UTF-16 LE',
  'utf-16be': 'UTF-16 BE',
  cp932: 'Shift_JIS',
  'euc-jp': 'EUC-JP',
  'iso-2022-jp': 'ISO-2022-JP'
}

export const encodings: readonly string[] = Object.keys(names)

export const encodingName = (code: string): string => names[code] ?? code
