import type { Bank } from './bank'
import type { PaymentAnswer } from './protocol'

/** One payment as the books have it now, or null. */
export async function findPayment({ db }: Bank, id: string): Promise<PaymentAnswer | null> {
  const payment = await db.bankPayment.findUnique({ where: { id }, include: { captures: { orderBy: { seq: 'asc' } } } })
  if (!payment) return null
  return {
    id,
    reference: payment.reference,
    status: payment.status === 'PAID' ? 'PAID' : 'OPEN',
    captures: payment.captures.map(({ id: captureId, amountMinor, currency, capturedAt }) => ({
      id: captureId,
      amountMinor,
      currency,
      capturedAt: capturedAt.toISOString(),
    })),
  }
}
