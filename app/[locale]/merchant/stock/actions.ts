'use server'

import { getTranslations } from 'next-intl/server'
import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import { type DuplicateLine, findDuplicates, importUnits, retireBatch } from '@/lib/domain/stock'
import { db, inTransaction } from '@/lib/infra/db'
import { cdkVault } from '@/lib/infra/vault'
import { merchantAction } from '@/lib/web/action'
import { type JudgedUpload, judgeUpload } from './judge-upload'
import { readUpload } from './read-upload'
import { rejectedCsv } from './rejected-csv'
import { choicesField } from './upload-choices'
import { type UploadPreview, toPreview } from './upload-preview'
import { type RejectedLine, type UploadReport, countVerdicts, shorten } from './upload-report'

/** 200,000 lines are sealed and stored in one transaction; the usual limit of one is made for a few rows. */
const IMPORT_TIMEOUT_MS = 300_000

const Upload = z.object({
  variantId: z.uuid(),
  text: z.string().default(''),
  file: z.instanceof(File).optional(),
  choices: choicesField,
  allOrNothing: z
    .string()
    .optional()
    .transform((value) => value === 'on'),
})

/**
 * How an upload would be read and what would become of its lines; nothing is written. The browser keeps the upload and
 * sends it again with the choices, so that no code waits on the server for the merchant's decision.
 */
export const previewUploadAction = merchantAction(
  Upload,
  async ({ variantId, text, file, choices }, { merchantId, now }): Promise<UploadPreview> => {
    const upload = readUpload(text, file)
    const chosen = choices ?? {}
    const judged = await judgeUpload(upload, { choices: chosen, vault: cdkVault(), now })
    const duplicates = await inTransaction(
      db(),
      (tx) => findDuplicates(tx, { merchantId, variantId }, judged.units),
      IMPORT_TIMEOUT_MS,
    )
    const report = await reportOf(judged, duplicates, { stored: false, withText: true })
    return toPreview(judged, { isFile: upload.fileName !== null, chosen, report, now })
  },
)

/** Takes an upload into stock and reports on its lines; the report carries text of rejected lines only, and only to a script. */
export const uploadStockAction = merchantAction(
  Upload,
  async ({ variantId, text, file, choices, allOrNothing }, { merchantId, userId, now }): Promise<UploadReport> => {
    const upload = readUpload(text, file)
    const vault = cdkVault()
    const judged = await judgeUpload(upload, { choices, vault, now })
    const { units, rejected } = judged
    const empty = rejected.filter(({ verdict }) => verdict === 'empty').length
    const leftOut = { empty, faulty: rejected.length - empty }
    const of = { merchantId, variantId, uploadedById: userId, fileName: upload.fileName }
    const { batchId, duplicates } = await inTransaction(
      db(),
      (tx) => importUnits(tx, vault, { ...of, units, leftOut, allOrNothing }, now),
      IMPORT_TIMEOUT_MS,
    )
    if (batchId !== null) revalidatePath('/[locale]/merchant', 'layout')
    return reportOf(judged, duplicates, { stored: batchId !== null, withText: choices !== null })
  },
)

async function reportOf(
  { preview, units, rejected, fields }: JudgedUpload,
  duplicates: readonly DuplicateLine[],
  { stored, withText }: { readonly stored: boolean; readonly withText: boolean },
): Promise<UploadReport> {
  const lines: RejectedLine[] = [...rejected, ...duplicates.map((each) => ({ ...each, column: null }))]
  lines.sort((a, b) => a.line - b.line)
  const t = await getTranslations('upload')
  const names = preview.rows.findLast(({ columns }) => columns !== null)?.columns
  const words = {
    line: t('line'),
    why: t('why'),
    verdict: (verdict: RejectedLine['verdict']) => t(`verdict.${verdict}`),
    column: (at: number) => names?.[at] || t('columnNumber', { number: at + 1 }),
  }
  return {
    stored,
    counts: countVerdicts(units.length - duplicates.length, lines),
    runs: shorten(lines),
    csv: withText ? await rejectedCsv(lines, fields, words) : null,
  }
}

export const retireBatchAction = merchantAction(
  z.object({ batchId: z.uuid() }),
  async ({ batchId }, { merchantId, actor, now, run }) => {
    const count = await run((tx) => retireBatch(tx, { merchantId, batchId }, actor, now))
    revalidatePath('/[locale]/merchant', 'layout')
    return { count }
  },
)
