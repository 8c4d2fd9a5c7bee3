'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import { redirect } from '@/i18n/navigation'
import { retireBatch } from '@/lib/domain/stock'
import { Refusal } from '@/lib/kernel/refusal'
import { merchantAction } from '@/lib/web/action'
import { receiveUpload } from './receive-upload'
import { MOST_FORM_BYTES } from './upload-limits'

const Upload = z.object({
  variantId: z.uuid(),
  text: z.string().default(''),
  file: z.instanceof(File).optional(),
})

/** An upload without JavaScript, up to 8 MB: a chosen file before the pasted text. Leads to its import's page. */
export const uploadStockAction = merchantAction(
  Upload,
  async ({ variantId, text, file }, { merchantId, userId, run, now, locale }) => {
    const chosen = file && file.size > 0 ? file : null
    const body = chosen ?? new Blob([text])
    if (body.size > MOST_FORM_BYTES) throw new Refusal('stock/too-large')
    const of = { merchantId, variantId, userId, fileName: chosen?.name ?? null }
    const importId = await receiveUpload(body.stream(), of, { run, now })
    revalidatePath('/[locale]/merchant', 'layout')
    redirect({ href: `/merchant/stock/imports/${importId}`, locale })
  },
)

export const retireBatchAction = merchantAction(
  z.object({ batchId: z.uuid() }),
  async ({ batchId }, { merchantId, actor, now, run }) => {
    const count = await run((tx) => retireBatch(tx, { merchantId, batchId }, actor, now))
    revalidatePath('/[locale]/merchant', 'layout')
    return { count }
  },
)
