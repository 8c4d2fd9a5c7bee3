/** What an upload looks like before anything in it has a meaning: enough to cut it into rows of fields. */
export interface StockShape {
  readonly format: StockFormat
  /** Of `lines`, `csv` and `json`; a workbook says itself how it is written. */
  readonly encoding: StockEncoding
  /** Between the fields of a `csv` record; in the other formats, what a row of one field is cut at. Null cuts nothing. */
  readonly separator: Separator | null
  /** Whether the first row that is not empty names the columns; `auto` looks at it. */
  readonly header: boolean | 'auto'
}

export const STOCK_FORMATS = ['lines', 'csv', 'json', 'xlsx'] as const
export type StockFormat = (typeof STOCK_FORMATS)[number]

/** Names that TextDecoder knows. GB18030 contains GBK, which contains GB2312. */
export const STOCK_ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'gb18030', 'big5'] as const
export type StockEncoding = (typeof STOCK_ENCODINGS)[number]

/** Never guessed: `;` outside of CSV and the space, which stand inside codes too often. */
export const SEPARATORS = ['----', '║', '\t', '|', ',', ';', ' '] as const
export type Separator = (typeof SEPARATORS)[number]

/** How much one upload may ask of us; each has a default. */
export interface ReadLimits {
  /** Characters of one row; a longer one is reported and skipped without being held. */
  readonly rowChars: number
  /** Bytes of the uploaded file itself. Only a workbook is kept (encrypted, on disk), because it is read from its end. */
  readonly workbookBytes: number
  /** Bytes that the parts of a workbook may unpack to, all together. */
  readonly unpackedBytes: number
  /** How many times its packed size a part may unpack to, once it is past 16 MB. */
  readonly unpackRatio: number
}

export const READ_LIMITS: ReadLimits = {
  rowChars: 8_192,
  workbookBytes: 512 * 1024 * 1024,
  unpackedBytes: 2 * 1024 * 1024 * 1024,
  unpackRatio: 200,
}

/** The most fields of one row that are told apart. */
export const MAX_COLUMNS = 64
