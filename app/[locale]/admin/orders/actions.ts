'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import { refundOrder } from '@/lib/domain/orders'
import { operatorAction } from '@/lib/web/action'
import { requiredText } from '../../_console/form-schema'

const RefundInput = z.object({ orderId: z.uuid(), reason: requiredText(200, 2) })

/** An operator gives the buyer everything back; the reason stands in the order's events. */
export const refundOrderAction = operatorAction(RefundInput, async ({ orderId, reason }, { actor, run, now }) => {
  await run((tx) => refundOrder(tx, orderId, actor, reason, now))
  revalidatePath('/[locale]/admin', 'layout')
})
