// What may be handed over by dropping it on a window that has no paths (served): kinds, sizes, numbers. The page
// looks here before it sends anything, the server checks again. Imports nothing.

/** 2 GiB: far over any office file, far under a disk */
export const mostUploadBytes = 2 * 1024 ** 3

/** 8 GiB: of everything that was handed over and not cleared away yet */
export const mostUploadsBytes = 8 * 1024 ** 3

/** More files than anybody drops on purpose. */
export const mostDroppedFiles = 2000

/** The kinds of file that data comes in; services/reading/formats.ts has a reader for each, and a test holds the two together. */
export const dataExtensions: readonly string[] = [
  ...['.json', '.jsonl', '.ndjson', '.csv', '.tsv', '.tab', '.txt', '.md', '.markdown'],
  ...[
    '.xlsx',
    '.xlsm',
    '.xltx',
    '.xltm',
    '.docx',
    '.docm',
    '.dotx',
    '.dotm',
    '.ods',
    '.odt',
    '.ott',
    '.ots',
    '.html',
    '.htm'
  ],
  ...['.parquet', '.eml', '.mbox']
]
