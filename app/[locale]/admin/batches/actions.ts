'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import { freezeBatch, reviewBatch, unfreezeBatch } from '@/lib/domain/batches'
import { operatorAction } from '@/lib/web/action'
import { optionalText, refuseField, requiredText } from '../../_console/form-schema'

const NOTE = 500

const Review = z
  .object({
    batchId: z.uuid(),
    verdict: z.enum(['APPROVED', 'REJECTED']),
    note: optionalText(NOTE),
    seenProofs: z.coerce.number().int().min(0),
  })
  .superRefine(({ verdict, note }, ctx) => {
    if (verdict === 'REJECTED' && note === null) refuseField(ctx, 'note', 'required')
  })

/** An operator's word on a batch's proofs. */
export const reviewBatchAction = operatorAction(Review, async (input, { actor, now, run }) => {
  await run((tx) => reviewBatch(tx, input, actor, now))
  revalidatePath('/[locale]', 'layout')
})

/** Takes a batch out of circulation; refunds follow. */
export const freezeBatchAction = operatorAction(
  z.object({ batchId: z.uuid(), reason: requiredText(NOTE, 2) }),
  async (input, { actor, now, run }) => {
    await run((tx) => freezeBatch(tx, input, actor, now))
    revalidatePath('/[locale]', 'layout')
  },
)

export const unfreezeBatchAction = operatorAction(
  z.object({ batchId: z.uuid(), note: requiredText(NOTE, 2) }),
  async (input, { actor, now, run }) => {
    await run((tx) => unfreezeBatch(tx, input, actor, now))
    revalidatePath('/[locale]', 'layout')
  },
)
