// How far a reader follows what a stranger wrote. An honest file stays far below each; beyond it, a row is refused
// where one can be blamed, else the file (OFFICE_FILE_TOO_LARGE, OFFICE_FILE_STRANGE). No reader has a bound of its own
// beside these.

export const limits = {
  /** characters of a line, a record of a table, an item of a list: ROW_TOO_LONG; they take a JSON reader about 30 ms */
  row: 4 << 20,
  /** characters of one cell of a sheet, and of one text of a document (Excel itself ends at 32,767): CELL_TOO_LONG */
  cell: 1 << 20,
  /** columns of a table, names in an object (Excel itself has as many): TOO_MANY_COLUMNS */
  columns: 16_384,
  /** characters of the name of a column or a key: NAME_TOO_LONG */
  name: 1000,
  /** marks piled on one letter (Unicode's own bound for text in a stream): PILED_MARKS */
  marks: 30,
  /** lists and objects inside one another: TOO_DEEP */
  depth: 64,
  /** elements of XML or HTML inside one another: a text box in a table in a text box has about 40 */
  tagDepth: 256,
  /** attributes of one element */
  attributes: 256,
  /** columns that merged areas fill in one row */
  mergedColumns: 256,
  /** merged areas of one sheet */
  areas: 500_000,
  /** sheets of a workbook: a year has 365 days */
  sheets: 2000,
  /** characters of a number format (Excel itself ends at 255) */
  numberFormat: 1000,
  /** characters of a cell's place: XFD1048576 */
  reference: 32,
  /** texts that the cells of a workbook share, and their characters together */
  sharedTexts: 8_000_000,
  sharedCharacters: 128 << 20,
  /** characters that the rows of a file may always have, however small it is, and how many more for each of its bytes: texts that
   *  cells share, merge and repeat stand in it once */
  freeCharacters: 64 << 20,
  unfoldedTimes: 100,
  /** characters of the mark before a paragraph of a list (Word itself ends at 255) */
  listMark: 255,
  /** bytes of one packed part that may always unpack to this much */
  freeSize: 64 << 20,
  /** how many times its packed size a part may unpack to: XML packs tightly, no honest part 300 times */
  packedTimes: 300,
  /** bytes of one unpacked part at most */
  partSize: 4 * 2 ** 30,
  /** bytes of the list of parts in a packed file */
  directory: 64 << 20,
  /** parts in a packed file */
  parts: 100_000
} as const
