import { type PaidOrder, lockPaidOrder, rulesOfOrder } from '@/lib/domain/orders'
import type { AfterSaleRules } from '@/lib/domain/catalog'
import { type Tx, sql } from '@/lib/domain/tx'
import { Refusal } from '@/lib/kernel/refusal'

/** A case with its order's row locked; `order` is null once everything of it was refunded (nothing is left to be decided). */
export type LockedCase = Awaited<ReturnType<typeof readCase>> & {
  readonly order: PaidOrder | null
  readonly rules: AfterSaleRules
}

/**
 * Locks a case by its order's row, first of all: verbs of one order (release, refund, complaint, ruling) come one after the other and
 * each sees what the others did. Refuses `access/not-found`.
 */
export async function lockCase(tx: Tx, complaintId: string): Promise<LockedCase> {
  const found = await tx.complaint.findUnique({ where: { id: complaintId }, select: { orderId: true } })
  if (!found) throw new Refusal('access/not-found')
  const { orderId } = found
  await tx.$executeRaw(sql`SELECT 1 FROM "order" WHERE id = ${orderId}::uuid FOR UPDATE`)
  const order = await lockPaidOrder(tx, orderId).catch((error: unknown) => {
    if (error instanceof Refusal && error.code === 'order/not-refundable') return null
    throw error
  })
  return { ...(await readCase(tx, complaintId)), order, rules: await rulesOfOrder(tx, orderId) }
}

/** The same, of a case in which this merchant is a side. */
export async function lockCaseOf(tx: Tx, merchantId: string, complaintId: string): Promise<LockedCase> {
  const own = await tx.complaint.count({ where: { id: complaintId, merchantId } })
  if (own === 0) throw new Refusal('access/not-found')
  return lockCase(tx, complaintId)
}

async function readCase(tx: Tx, id: string) {
  return tx.complaint.findUniqueOrThrow({
    where: { id },
    include: { units: { orderBy: { cdkId: 'asc' } } },
  })
}
