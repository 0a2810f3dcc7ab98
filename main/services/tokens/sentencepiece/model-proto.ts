// A SentencePiece model file (a protocol buffer of a stranger) as far as encoding needs it: pieces, the kind of model,
// normalisation. Within limits; what cannot be read is said with its place.

export type PieceType = 'normal' | 'unknown' | 'control' | 'userDefined' | 'unused' | 'byte'

export interface Piece {
  readonly text: string
  readonly score: number
  readonly type: PieceType
}

export interface SentencePieceModel {
  readonly pieces: readonly Piece[]
  readonly kind: 'unigram' | 'bpe' | 'word' | 'char'
  readonly byteFallback: boolean
  readonly normalizer: {
    readonly name: string
    readonly charsmap: Buffer
    readonly addDummyPrefix: boolean
    readonly removeExtraWhitespaces: boolean
    readonly escapeWhitespaces: boolean
  }
  readonly spaceBehind: boolean
}

const types: Readonly<Record<number, PieceType>> = {
  1: 'normal',
  2: 'unknown',
  3: 'control',
  4: 'userDefined',
  5: 'unused',
  6: 'byte'
}
const kinds = { 1: 'unigram', 2: 'bpe', 3: 'word', 4: 'char' } as const
const mostPieces = 4 * 2 ** 20
const mostPiece = 4096

/** Throws an Error with the reason. */
export function readModelProto(bytes: Buffer): SentencePieceModel {
  const pieces: Piece[] = []
  let trainer: Buffer = Buffer.alloc(0)
  let normalizer: Buffer = Buffer.alloc(0)
  for (const { field, value } of fieldsOf(bytes)) {
    if (field === 1 && Buffer.isBuffer(value)) {
      if (pieces.length === mostPieces) throw new Error('too many pieces')
      pieces.push(pieceOf(value))
    } else if (field === 2 && Buffer.isBuffer(value)) trainer = value
    else if (field === 3 && Buffer.isBuffer(value)) normalizer = value
  }
  if (pieces.length === 0) throw new Error('no pieces')
  const said = (from: Buffer): ReadonlyMap<number, Value> =>
    new Map(fieldsOf(from).map(({ field, value }) => [field, value]))
  const [how, norm] = [said(trainer), said(normalizer)]
  const flag = (from: ReadonlyMap<number, Value>, field: number, fallback: boolean): boolean => {
    const value = from.get(field)
    return typeof value === 'number' ? value !== 0 : fallback
  }
  const kind = kinds[(how.get(3) ?? 1) as keyof typeof kinds]
  if (!kind) throw new Error(`the kind ${String(how.get(3))}`)
  const [name, charsmap] = [norm.get(1), norm.get(2)]
  return {
    pieces,
    kind,
    byteFallback: flag(how, 35, false),
    spaceBehind: flag(how, 24, false),
    normalizer: {
      name: Buffer.isBuffer(name) ? name.toString('utf8') : '',
      charsmap: Buffer.isBuffer(charsmap) ? charsmap : Buffer.alloc(0),
      addDummyPrefix: flag(norm, 3, true),
      removeExtraWhitespaces: flag(norm, 4, true),
      escapeWhitespaces: flag(norm, 5, true)
    }
  }
}

function pieceOf(bytes: Buffer): Piece {
  let text = ''
  let score = 0
  let type: PieceType = 'normal'
  for (const { field, value } of fieldsOf(bytes)) {
    if (field === 1 && Buffer.isBuffer(value)) {
      if (value.length > mostPiece) throw new Error('a piece that is too long')
      text = value.toString('utf8')
    } else if (field === 2 && Buffer.isBuffer(value) && value.length === 4) score = value.readFloatLE()
    else if (field === 3 && typeof value === 'number') type = types[value] ?? 'normal'
  }
  return { text, score, type }
}

/** A number, or bytes: of a text, a message, or a fixed width. */
type Value = number | Buffer

function fieldsOf(bytes: Buffer): readonly { readonly field: number; readonly value: Value }[] {
  const fields: { readonly field: number; readonly value: Value }[] = []
  let at = 0
  const varint = (): number => {
    let value = 0
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = bytes[at++]
      if (byte === undefined) throw new Error('an end inside a number')
      value += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) return value
    }
    throw new Error('a number that does not end')
  }
  const take = (count: number): Buffer => {
    if (count > bytes.length - at) throw new Error('an end inside a field')
    at += count
    return bytes.subarray(at - count, at)
  }
  while (at < bytes.length) {
    const tag = varint()
    const [field, wire] = [Math.floor(tag / 8), tag % 8]
    if (field === 0) throw new Error('a field without a number')
    if (wire === 0) fields.push({ field, value: varint() })
    else if (wire === 1) fields.push({ field, value: take(8) })
    else if (wire === 2) fields.push({ field, value: take(varint()) })
    else if (wire === 5) fields.push({ field, value: take(4) })
    else throw new Error(`a field of the unknown kind ${wire}`)
  }
  return fields
}
