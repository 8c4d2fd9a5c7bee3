'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import { importCdks, retireBatch } from '@/lib/domain/stock'
import { db, inTransaction } from '@/lib/infra/db'
import { cdkVault } from '@/lib/infra/vault'
import { merchantAction } from '@/lib/web/action'
import { readUpload } from './read-upload'
import { type UploadReport, shorten } from './upload-report'

/** 200,000 lines are sealed and stored in one transaction; the usual limit of one is made for a few rows. */
const IMPORT_TIMEOUT_MS = 300_000

const Upload = z.object({ variantId: z.uuid(), text: z.string().default(''), file: z.instanceof(File).optional() })

/** Takes an upload into stock and reports on its lines by number; the report never carries a code. */
export const uploadStockAction = merchantAction(
  Upload,
  async ({ variantId, text, file }, { merchantId, userId, now }): Promise<UploadReport> => {
    const upload = await readUpload(text, file)
    const input = { merchantId, variantId, uploadedById: userId, ...upload }
    const report = await inTransaction(db(), (tx) => importCdks(tx, cdkVault(), input, now), IMPORT_TIMEOUT_MS)
    revalidatePath('/[locale]/merchant', 'layout')
    return shorten(report)
  },
)

export const retireBatchAction = merchantAction(
  z.object({ batchId: z.uuid() }),
  async ({ batchId }, { merchantId, now, run }) => {
    const count = await run((tx) => retireBatch(tx, merchantId, batchId, now))
    revalidatePath('/[locale]/merchant', 'layout')
    return { count }
  },
)
