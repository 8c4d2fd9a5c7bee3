import {
  type ImportChoices,
  type SniffedStock,
  type StockPreview,
  type SuggestReason,
  mapFields,
  previewStock,
  secretText,
} from '@/lib/stock-files'
import type { ImportDraft } from './import-draft'
import { maskValue } from './mask-value'

const SAMPLES = 3

/** What the merchant sees before he imports. Values are masked: the page shows no more than it takes to know a column. */
export interface ImportPreview {
  /** Complete: an import under these reads what is shown here. */
  readonly choices: ImportChoices
  /** False for what was pasted, which is UTF-8 by nature. */
  readonly isFile: boolean
  readonly formatReason: SniffedStock['formatReason'] | 'chosen'
  readonly encodingReason: SniffedStock['encodingReason'] | 'chosen'
  /** Nothing about the columns had to be guessed by place. */
  readonly certain: boolean
  readonly columns: readonly PreviewColumn[]
  /** Rows that this was made from. */
  readonly rows: number
  /** What a buyer would get for the first good line. */
  readonly delivered: string | null
}

export interface PreviewColumn {
  readonly name: string | null
  readonly reason: SuggestReason | 'chosen'
  readonly samples: readonly string[]
}

/** Reads the first rows of an upload as `draft` says and guesses the rest. Throws StockFileError, and what `open` throws. */
export async function previewImport(
  open: () => AsyncIterable<Uint8Array>,
  fileName: string | null,
  draft: ImportDraft,
  now: Date,
): Promise<ImportPreview> {
  // What a browser sends as text is UTF-8, whatever it looks like.
  const shape = fileName === null ? { ...draft.shape, encoding: 'utf-8' as const } : draft.shape
  const preview = await previewStock(open, fileName, shape)
  return toPreview(preview, { isFile: fileName !== null, mapping: draft.mapping, now })
}

function toPreview(
  { sniffed, shape, rows, mapping: suggested }: StockPreview,
  { isFile, mapping, now }: { isFile: boolean; mapping: ImportDraft['mapping']; now: Date },
): ImportPreview {
  const names = rows.findLast(({ columns }) => columns !== null)?.columns ?? null
  const wanted = mapping ?? suggested
  const width = Math.max(1, wanted.columns.length, suggested.columns.length)
  const columns = Array.from({ length: width }, (_, at) => {
    const { field = 'ignore', label = null, optional = false } = wanted.columns[at] ?? {}
    return { field, label, optional }
  })
  const unit = rows.map((row) => mapFields(row, { columns }, { now })).find((mapped) => mapped.verdict === 'accepted')
  const { format, encoding, separator } = shape
  return {
    choices: {
      shape: { format, encoding, separator, header: format !== 'json' && (shape.header === true || names !== null) },
      mapping: { columns },
    },
    isFile,
    formatReason: format === sniffed.format ? sniffed.formatReason : 'chosen',
    encodingReason: encoding === sniffed.encoding ? sniffed.encodingReason : 'chosen',
    certain: suggested.certain || mapping !== undefined,
    columns: columns.map(({ field }, at) => ({
      name: names?.[at] || null,
      reason: suggested.columns[at]?.field === field ? (suggested.reasons[at] ?? 'unknown') : 'chosen',
      samples: rows.slice(0, SAMPLES).map((row) => {
        const value = row.fault === null ? (row.fields[at] ?? '') : ''
        return field === 'expiry' || field === 'cost' ? value : maskValue(value)
      }),
    })),
    rows: rows.length,
    delivered: unit ? secretText(unit.unit.delivered.map((each) => ({ ...each, value: maskValue(each.value) }))) : null,
  }
}
