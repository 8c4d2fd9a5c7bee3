import { type AccountRef, accountId } from '@/lib/domain/ledger'
import { db } from './database'

/** Credits less debits of an account, summed from its transfers. */
export async function balanceOf(account: AccountRef): Promise<number> {
  const id = accountId(account)
  const [credits, debits] = await Promise.all([
    db.ledgerTransfer.aggregate({ where: { creditId: id }, _sum: { amountMinor: true } }),
    db.ledgerTransfer.aggregate({ where: { debitId: id }, _sum: { amountMinor: true } }),
  ])
  return Number((credits._sum.amountMinor ?? 0n) - (debits._sum.amountMinor ?? 0n))
}

/** How many CDKs of a variant are in each state. */
export async function stockOf(variantId: string): Promise<Record<string, number>> {
  const groups = await db.cdk.groupBy({ by: ['state'], where: { variantId }, _count: true })
  return Object.fromEntries(groups.map(({ state, _count }) => [state, _count]))
}

export async function statusOf(orderId: string): Promise<string> {
  const { status } = await db.order.findUniqueOrThrow({ where: { id: orderId }, select: { status: true } })
  return status
}

/** The legs by which money of an order goes back, oldest first. */
export async function legsOf(orderId: string) {
  return db.refund.findMany({ where: { orderId }, orderBy: { id: 'asc' } })
}

/** Types of an order's events, oldest first. */
export async function eventsOf(orderId: string): Promise<string[]> {
  const events = await db.orderEvent.findMany({ where: { orderId }, orderBy: { id: 'asc' }, select: { type: true } })
  return events.map(({ type }) => type)
}
