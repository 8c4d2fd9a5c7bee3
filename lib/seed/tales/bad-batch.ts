import { SYSTEM, refundOrder } from '@/lib/domain/orders'
import { settleRefund } from '@/lib/domain/payments'
import { MINUTE_MS, after } from '@/lib/kernel/time'
import { bankDesk } from '@/lib/seed/bank-desk'
import { once } from '@/lib/seed/once'
import { type Stage, type Tale, some } from './stage'

const TOLD = {
  name: 'bad-batch',
  who: 'qiu',
  daysAgo: 3,
  lines: [some(6, '泡泡大战 国际服钻石码', 1)],
}

/** Six expensive codes, confirmed, and their money paid out to the merchant at once. */
export const badBatch: Tale = async (stage) => {
  await stage.play('confirmed', TOLD)
}

/**
 * The issuer calls the codes back when the merchant has nothing left but a small deposit: the protection fund pays the
 * buyer the rest, and the merchant owes it. Told once everybody was paid out.
 */
export const recalledBatch: Tale = async (stage: Stage) => {
  const { db, run, now: end } = stage.mall
  const scene = await stage.open(TOLD)
  const now = after(end, -30 * MINUTE_MS)
  const wanted = { orderId: scene.orderAt(0), wanted: { all: true }, reason: 'batch-recalled' } as const
  await once(() => run((tx) => refundOrder(tx, { ...wanted, refundedBeforeMinor: 0 }, SYSTEM, now)))
  const owed = { status: 'PENDING' as const, payment: { checkoutId: scene.checkoutId } }
  for (const { id } of await db.refund.findMany({ where: owed, select: { id: true } })) {
    await settleRefund(run, bankDesk(stage.mall, after(now, MINUTE_MS)).providers, id, after(now, MINUTE_MS))
  }
}
