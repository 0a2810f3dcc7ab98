// Who reads a stranger's file: the workshop, in a process of its own. The functions behind it read where they are called.
import type { DataOverrides } from '../../../contract/records'
import type { Language } from '../../../contract/language'
import type { DataCalls } from '../../../contract/window/data'
import type { DataFile } from '../../reading/data-files'
import type { ReadHead } from '../kept/kept-head'
import type { Source } from '../log/data-log'
import type { Page } from '../view/source-rows'
import type { ReadSource } from './read-source'
import type { TableFacts, TakeTableRows } from './table-rows'

export interface Following {
  /** told of rows while they go by; may throw to stop the reading */
  readonly beat?: (rows: number) => void
  readonly signal?: AbortSignal | undefined
  /** what may lie in memory of it, as memory-room.ts weighs it: for readSource alone */
  readonly most?: number
}

export interface FileReader {
  /** Rejects with FILE_SILENT, FILE_MEMORY or FILE_CRASH where the file is too much for its reader, with MORE_THAN_FITS where it
   *  holds more than it may. */
  readSource(
    source: Pick<Source, 'id' | 'name' | 'sample'>,
    path: string,
    overrides: DataOverrides,
    following?: Following
  ): Promise<ReadSource>
  /** The same into a folder, as read-into.ts says: its rows are nowhere else. */
  readInto(
    source: Pick<Source, 'id' | 'name' | 'sample'>,
    path: string,
    overrides: DataOverrides,
    into: string,
    following?: Following
  ): Promise<ReadHead>
  sourceRows(
    file: DataFile,
    overrides: DataOverrides,
    page: Page & { readonly known: number | null },
    language: Language
  ): Promise<DataCalls['data.source']['result']>
  /** Every row of a file as it stands there; take: null, and they are only counted. */
  tableRows(
    file: DataFile,
    overrides: DataOverrides,
    take: TakeTableRows | null,
    following?: Following
  ): Promise<TableFacts>
  /** The same mark reads the same file to the same rows: what another program has read is read again. */
  mark(): Promise<string>
}
