import { type CdkVault, type ImportUnit, MAX_CDK_LENGTH, MAX_IMPORT_LINES } from '@/lib/domain/stock'
import { Refusal } from '@/lib/kernel/refusal'
import {
  type StockMapping,
  type StockPreview,
  type StockShape,
  type UnreadableReason,
  StockFileError,
  mapFields,
  previewStock,
  readStock,
} from '@/lib/stock-files'
import type { Upload } from './read-upload'
import type { UploadChoices } from './upload-choices'
import type { RejectedLine } from './upload-report'

/** Characters of all rows together: a small workbook can repeat one long text in each of its rows. */
const MOST_CHARS = 32 * 1024 * 1024
const LIMITS = { unpackedBytes: 256 * 1024 * 1024 }
const WHOLE_LINES: StockMapping = { columns: [{ field: 'code', label: null }] }

export interface JudgedUpload {
  readonly preview: StockPreview
  readonly shape: StockShape
  readonly mapping: StockMapping
  readonly units: readonly ImportUnit[]
  readonly rejected: readonly RejectedLine[]
  /** By line; the text of rejected lines goes back to whoever sent it. */
  readonly fields: ReadonlyMap<number, readonly string[]>
}

interface Options {
  /** Null without JavaScript: nobody saw a preview, so that every line is one CDK and nothing is split. */
  readonly choices: UploadChoices | null
  readonly vault: Pick<CdkVault, 'fingerprint'>
  readonly now: Date
}

/**
 * Reads an upload as chosen and judges every row of it; duplicates are found later, by whoever knows the stock. Refuses
 * `stock/unreadable` (with a reason), `stock/too-many-lines`, `stock/too-large`, `stock/nothing-to-import`.
 */
export async function judgeUpload(upload: Upload, options: Options): Promise<JudgedUpload> {
  try {
    return await judge(upload, options)
  } catch (error) {
    if (error instanceof StockFileError) throw unreadable(error.reason)
    throw error
  }
}

async function judge(upload: Upload, { choices, vault, now }: Options): Promise<JudgedUpload> {
  const { columns, ...chosen } = choices ?? wholeLines(upload)
  const preview = await previewStock(upload.open, upload.fileName, upload.fileName === null ? pasted(chosen) : chosen)
  if (choices === null && preview.sniffed.format !== 'lines' && upload.fileName !== null) {
    throw unreadable('needs-preview')
  }
  const { shape } = preview
  const mapping = choices === null ? WHOLE_LINES : columns ? { columns } : preview.mapping
  const units: ImportUnit[] = []
  const rejected: RejectedLine[] = []
  const fields = new Map<number, readonly string[]>()
  let chars = 0
  let rows = 0
  for await (const row of readStock(upload.open(), { ...shape, limits: LIMITS })) {
    rows += 1
    if (rows > MAX_IMPORT_LINES) throw new Refusal('stock/too-many-lines', { most: MAX_IMPORT_LINES })
    for (const field of row.fields) chars += field.length
    if (chars > MOST_CHARS) throw new Refusal('stock/too-large')
    const mapped = mapFields(row, mapping, { now, maxSecretChars: MAX_CDK_LENGTH })
    fields.set(row.line, row.fields)
    if (mapped.verdict === 'accepted') {
      const { line, secret, identity } = mapped.unit
      units.push({ line, secret, fingerprint: vault.fingerprint(identity) })
    } else rejected.push(mapped)
  }
  if (rows === 0) throw new Refusal('stock/nothing-to-import')
  return { preview, shape, mapping, units, rejected, fields }
}

/** Messages choose by names that have no hyphens. */
function unreadable(reason: UnreadableReason | 'needs-preview'): Refusal {
  return new Refusal('stock/unreadable', { reason: reason.replaceAll('-', '_') })
}

const wholeLines = ({ fileName }: Upload): UploadChoices => ({
  separator: null,
  header: false,
  ...(fileName === null && { format: 'lines' }),
})

/** What a browser sends as text is UTF-8, whatever it looks like. */
function pasted(chosen: Partial<StockShape>): Partial<StockShape> {
  return { ...chosen, encoding: 'utf-8' }
}
