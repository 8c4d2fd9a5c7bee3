'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import { refundSuspense } from '@/lib/domain/suspense'
import { operatorAction } from '@/lib/web/action'
import { requiredText } from '../../_console/form-schema'

const SendBackInput = z.object({ paymentId: z.uuid(), note: requiredText(200, 2) })

/** An unknown payment goes back to where it came from; the note says why. */
export const sendBackAction = operatorAction(SendBackInput, async ({ paymentId, note }, { actor, run, now }) => {
  await run((tx) => refundSuspense(tx, paymentId, actor, note, now))
  revalidatePath('/[locale]/admin', 'layout')
})
