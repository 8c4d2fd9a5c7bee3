import { type SniffedStock, type SuggestReason, mapFields, secretText } from '@/lib/stock-files'
import { maskValue } from './mask-value'
import type { JudgedUpload } from './judge-upload'
import type { UploadChoices } from './upload-choices'
import type { UploadReport } from './upload-report'

const SAMPLES = 3

/** What the merchant sees before he imports. Values are masked: the page shows no more than it takes to know a column. */
export interface UploadPreview {
  /** Complete: sent back as they are, they mean the same import. */
  readonly choices: Required<UploadChoices>
  readonly isFile: boolean
  readonly formatReason: SniffedStock['formatReason'] | 'chosen'
  readonly encodingReason: SniffedStock['encodingReason'] | 'chosen'
  /** Nothing about the columns had to be guessed by place. */
  readonly certain: boolean
  readonly columns: readonly PreviewColumn[]
  /** What a buyer would get for the first good line. */
  readonly delivered: string | null
  readonly report: UploadReport
}

export interface PreviewColumn {
  readonly name: string | null
  readonly reason: SuggestReason | 'chosen'
  readonly samples: readonly string[]
}

export function toPreview(
  { preview, shape, mapping }: JudgedUpload,
  { isFile, chosen, report, now }: { isFile: boolean; chosen: UploadChoices; report: UploadReport; now: Date },
): UploadPreview {
  const { sniffed, rows, mapping: suggested } = preview
  const names = rows.findLast(({ columns }) => columns !== null)?.columns ?? null
  const width = Math.max(mapping.columns.length, suggested.columns.length)
  const columns = Array.from({ length: width }, (_, at) => {
    const { field = 'ignore', label = null, optional = false } = mapping.columns[at] ?? {}
    return { field, label, optional }
  })
  const unit = rows.map((row) => mapFields(row, mapping, { now })).find((mapped) => mapped.verdict === 'accepted')
  return {
    choices: {
      format: shape.format,
      encoding: shape.encoding,
      separator: shape.separator,
      header: shape.format !== 'json' && names !== null,
      columns,
    },
    isFile,
    formatReason: shape.format === sniffed.format ? sniffed.formatReason : 'chosen',
    encodingReason: shape.encoding === sniffed.encoding ? sniffed.encodingReason : 'chosen',
    certain: suggested.certain || chosen.columns !== undefined,
    columns: columns.map(({ field }, at) => ({
      name: names?.[at] || null,
      reason: suggested.columns[at]?.field === field ? (suggested.reasons[at] ?? 'unknown') : 'chosen',
      samples: rows.slice(0, SAMPLES).map((row) => {
        const value = row.fault === null ? (row.fields[at] ?? '') : ''
        return field === 'expiry' || field === 'cost' ? value : maskValue(value)
      }),
    })),
    delivered: unit ? secretText(unit.unit.delivered.map((each) => ({ ...each, value: maskValue(each.value) }))) : null,
    report,
  }
}
