'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import { refundOrder } from '@/lib/domain/orders'
import { Refusal } from '@/lib/kernel/refusal'
import { merchantAction } from '@/lib/web/action'
import { requiredText } from '../../_console/form-schema'

const RefundInput = z.object({ orderId: z.uuid(), reason: requiredText(200, 2) })

/** Gives the buyer everything back; the worker asks the provider within seconds. */
export const refundOrderAction = merchantAction(
  RefundInput,
  async ({ orderId, reason }, { merchantId, actor, run, now }) => {
    await run(async (tx) => {
      const own = await tx.order.count({ where: { id: orderId, merchantId } })
      if (own === 0) throw new Refusal('access/not-found')
      await refundOrder(tx, orderId, actor, reason, now)
    })
    revalidatePath('/[locale]/merchant', 'layout')
  },
)
