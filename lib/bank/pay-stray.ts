import { newId } from '@/lib/kernel/ids'
import type { Bank } from './bank'
import { NO_FAULTS } from './faults'
import { planCapture } from './plan-capture'
import { postMovements } from './post-movements'

export interface StrayInput {
  readonly amountMinor: number
  readonly currency: string
  /** What the sender wrote on it. */
  readonly description: string
  readonly locale?: string
}

/**
 * Somebody sends the shop money that it never asked for: a paid payment without a reference. The shop is told at the
 * address that it last gave; a bank that has never heard of one tells nobody. Returns the payment's id.
 */
export async function payStray({ db, clock, shopOrigins }: Bank, input: StrayInput): Promise<string> {
  const { locale = 'zh-CN', ...facts } = input
  const [id, now] = [newId(), clock()]
  const last = await db.bankPayment.findFirst({
    where: { reference: { not: null } },
    orderBy: { id: 'desc' },
    select: { notifyUrl: true, returnUrl: true },
  })
  const returnUrl = new URL('/', last?.returnUrl ?? shopOrigins[0]).href
  const payment = { id, ...facts, reference: null, notifyUrl: last?.notifyUrl ?? '', createdAt: now }
  const { captures, movements, callbacks } = planCapture(payment, { ...NO_FAULTS, lose: last === null }, now)
  await db.$transaction(async (tx) => {
    await tx.bankPayment.create({
      data: { ...payment, idempotencyKey: `stray:${id}`, locale, returnUrl, status: 'PAID', faults: {}, paidAt: now },
    })
    await tx.bankCapture.createMany({ data: captures })
    await tx.bankCallback.createMany({ data: callbacks })
    await postMovements(tx, movements)
  })
  return id
}
