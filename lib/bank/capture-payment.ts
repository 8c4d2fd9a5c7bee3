import type { Bank } from './bank'
import type { Faults } from './faults'
import { planCapture } from './plan-capture'
import { postMovements } from './post-movements'

/**
 * The payer pays: the open payment becomes PAID, with its captures and the callbacks that tell the shop. The guard is
 * in the UPDATE: a double click, or Back and pay again, captures nothing more. Returns whether this call was the one.
 */
export async function capturePayment({ db, clock }: Bank, paymentId: string, faults: Faults): Promise<boolean> {
  const now = clock()
  return db.$transaction(async (tx) => {
    const [payment] = await tx.bankPayment.updateManyAndReturn({
      where: { id: paymentId, status: 'OPEN' },
      data: { status: 'PAID', paidAt: now, faults: { ...faults } },
    })
    if (!payment) return false
    const { captures, movements, callbacks } = planCapture(payment, faults, now)
    await tx.bankCapture.createMany({ data: captures })
    await tx.bankCallback.createMany({ data: callbacks })
    await postMovements(tx, movements)
    return true
  })
}
