// A Parquet file opened: what its footer says, held against the file itself before anything is taken from it, and its
// rows in pieces that fit into memory.
import type { FileHandle } from 'node:fs/promises'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import {
  parquetMetadataAsync,
  parquetReadObjects,
  snappyUncompress,
  type AsyncBuffer,
  type Compressors,
  type FileMetaData,
  type RowGroup,
  type SchemaElement
} from 'hyparquet'
import { decompress as unpackZstd } from 'fzstd'
import { openOrdinary } from '../../../files/ordinary-file'
import { NeiroError } from '../../../contract/errors'
import { fileError } from '../file-errors'
import { limits } from '../limits'
import { parsers } from './parquet-values'

/** Unpacked bytes of the rows that are held at once, as far as the file's own pages allow it. */
const heldBytes = 16 << 20
/** A group is gone through again for every piece of it, so there are not many of them. */
const mostPieces = 8

export class ParquetFile {
  private constructor(
    private readonly path: string,
    private readonly handle: FileHandle,
    private readonly file: AsyncBuffer,
    private readonly facts: FileMetaData
  ) {}

  /** Throws NeiroError PARQUET_ENCRYPTED, PARQUET_TOO_LARGE, TOO_MANY_COLUMNS, BROKEN_PARQUET {file, problem}. */
  static async open(path: string): Promise<ParquetFile> {
    const handle = await openOrdinary(path)
    try {
      const { size } = await handle.stat()
      const file: AsyncBuffer = { byteLength: size, slice: (start, end = size) => part(handle, start, end) }
      const ending = size >= 12 ? Buffer.from(await file.slice(size - 8)) : Buffer.alloc(8)
      const mark = ending.toString('latin1', 4)
      if (mark === 'PARE') throw fileError('PARQUET_ENCRYPTED', path)
      if (mark !== 'PAR1' || ending.readUInt32LE(0) > size - 12) throw broken(path, 'no footer')
      if (ending.readUInt32LE(0) > limits.directory) throw fileError('PARQUET_TOO_LARGE', path)
      const facts = await parquetMetadataAsync(file, { parsers, geoparquet: false })
      check(path, facts, size)
      return new ParquetFile(path, handle, file, facts)
    } catch (error) {
      await handle.close()
      throw asFileError(path, error)
    }
  }

  /** Leaves of the tree below a column. */
  leavesOf(column: string): readonly SchemaElement[] {
    const { schema } = this.facts
    let at = 1
    while (at < schema.length && schema[at]?.name !== column) at = after(schema, at)
    return schema.slice(at, after(schema, at)).filter(({ num_children }) => !num_children)
  }

  /** The rows in the order of the file. */
  async *rows(): AsyncGenerator<readonly Readonly<Record<string, unknown>>[]> {
    const { file, facts: metadata } = this
    let start = 0
    for (const group of metadata.row_groups) {
      const count = Number(group.num_rows)
      const pieces = Math.min(mostPieces, Math.ceil(sizeOf(group) / heldBytes) || 1)
      const step = Math.max(1, Math.ceil(count / pieces))
      for (let from = 0; from < count; from += step) {
        const rowStart = start + from
        const rowEnd = start + Math.min(count, from + step)
        yield await parquetReadObjects({
          ...{ file, metadata, rowStart, rowEnd, parsers, compressors, useOffsetIndex: true }
        }).catch((error: unknown) => {
          throw asFileError(this.path, error)
        })
      }
      start += count
    }
  }

  close(): Promise<void> {
    return this.handle.close()
  }
}

/** Behind the element and all that is inside it. */
function after(schema: readonly SchemaElement[], at: number): number {
  let left = 1
  let next = at
  while (left > 0 && next < schema.length) left += (schema[next++]?.num_children ?? 0) - 1
  return next
}

const pathText = (path: readonly string[]): string => JSON.stringify(path)

/** The way to each column of values, in the order in which groups of rows have them; none where they lie too deep. */
function leafPaths(schema: readonly SchemaElement[]): readonly string[] {
  const found: string[] = []
  /** elements that are open, with how many of theirs are still to come */
  const open: { readonly name: string; left: number }[] = []
  for (const { name, num_children } of schema.slice(1)) {
    while (open.at(-1)?.left === 0) open.pop()
    const parent = open.at(-1)
    if (parent) parent.left--
    if (num_children) open.push({ name, left: num_children })
    else found.push(pathText([...open.map((one) => one.name), name]))
    if (open.length > limits.depth) return []
  }
  return found
}

async function part(handle: FileHandle, start: number, end: number): Promise<ArrayBuffer> {
  const bytes = new ArrayBuffer(Math.max(0, end - start))
  let done = 0
  while (done < bytes.byteLength) {
    const { bytesRead } = await handle.read(
      new Uint8Array(bytes),
      done,
      bytes.byteLength - done,
      start + done
    )
    if (bytesRead === 0) throw new Error('the file ends before its own end')
    done += bytesRead
  }
  return bytes
}

const sizeOf = ({ total_byte_size, columns }: RowGroup): number =>
  Math.max(
    Number(total_byte_size),
    columns.reduce((sum, { meta_data }) => sum + Number(meta_data?.total_uncompressed_size ?? 0), 0)
  )

/** What the footer says, held against the file and against itself. */
function check(path: string, { schema, row_groups, num_rows }: FileMetaData, size: number): void {
  const count = schema.filter(({ num_children }) => !num_children).length
  if (count > limits.columns)
    throw fileError('TOO_MANY_COLUMNS', path, { columns: String(count), most: String(limits.columns) })
  if (after(schema, 0) !== schema.length || schema.length < 2) throw broken(path, 'its columns do not add up')
  const leaves = leafPaths(schema)
  let rows = 0n
  for (const group of row_groups) {
    if (group.num_rows < 0n) throw broken(path, 'a number of rows below zero')
    rows += group.num_rows
    const columns = group.columns.map(({ meta_data }) => pathText(meta_data?.path_in_schema ?? []))
    if (columns.length !== leaves.length || columns.some((column, i) => column !== leaves[i]))
      throw broken(path, 'a group of rows with other columns')
    if (group.num_rows === 0n) continue
    // a group is read whole, and eight such pieces of it are held
    if (sizeOf(group) > limits.partSize) throw fileError('PARQUET_TOO_LARGE', path)
    for (const { meta_data, file_path } of group.columns) {
      if (file_path) throw broken(path, `its rows lie in another file (${file_path.slice(0, 80)})`)
      if (!meta_data) throw broken(path, 'a column that is described nowhere')
      const { data_page_offset, dictionary_page_offset, total_compressed_size } = meta_data
      const start = [data_page_offset, dictionary_page_offset ?? data_page_offset].reduce((a, b) =>
        a < b ? a : b
      )
      if (start < 4n || total_compressed_size < 0n || start + total_compressed_size > BigInt(size))
        throw broken(path, 'a column outside the file')
    }
  }
  if (rows !== num_rows) throw broken(path, `${num_rows} rows are promised and ${rows} described`)
}

type Unpack = (input: Uint8Array, length: number) => Uint8Array
/** Snappy is the library's own. LZ4, which hardly anybody uses, is refused by its name. */
const unpackers: Readonly<Record<string, Unpack>> = {
  GZIP: (input, length) => gunzipSync(input, { maxOutputLength: length }),
  BROTLI: (input, length) => brotliDecompressSync(input, { maxOutputLength: length }),
  ZSTD: (input, length) => unpackZstd(input, new Uint8Array(length)),
  SNAPPY(input, length) {
    const output = new Uint8Array(length)
    snappyUncompress(input, output)
    return output
  }
}

/** A page that unpacks to far more than anybody's text is refused before it is unpacked. */
const compressors: Compressors = Object.fromEntries(
  Object.entries(unpackers).map(([codec, unpack]) => [
    codec,
    (input: Uint8Array, length: number) => {
      // of a page of nulls; not every way to unpack knows it
      if (length === 0) return new Uint8Array()
      if (length > limits.freeSize && length > limits.packedTimes * input.length)
        throw new Error(`a page of ${length} bytes`)
      return unpack(input, length)
    }
  ])
)

const broken = (path: string, problem: string): Error => fileError('BROKEN_PARQUET', path, { problem })

/** The library's words are for programmers: they stay in the details. */
function asFileError(path: string, error: unknown): unknown {
  // of the disk, or said already
  if (error instanceof NeiroError || (error instanceof Error && 'syscall' in error)) return error
  return broken(
    path,
    error instanceof Error ? (error.message.split('\n')[0] ?? '').slice(0, 200) : String(error)
  )
}
