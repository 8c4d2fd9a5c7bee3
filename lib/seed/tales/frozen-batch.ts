import { freezeBatch, sweepBatches } from '@/lib/domain/batches'
import { settleRefund } from '@/lib/domain/payments'
import { HOUR_MS, MINUTE_MS, after } from '@/lib/kernel/time'
import { bankDesk } from '@/lib/seed/bank-desk'
import { once } from '@/lib/seed/once'
import { type Tale, some } from './stage'

const CARDS = '云上影院 季卡兑换码'

/**
 * Two buyers hold CDKs of a batch, one has looked, when its issuer calls it stolen: an operator freezes it, both are refunded
 * and told, and what was left is not sold any more.
 */
export const frozenBatch: Tale = async (stage) => {
  const { db, run } = stage.mall
  const seen = await stage.open({ name: 'frozen-seen', who: 'lin', daysAgo: 1.4, lines: [some(2, CARDS)] })
  await seen.pay()
  await seen.reveal()
  const unseen = await stage.open({ name: 'frozen-unseen', who: 'qiu', daysAgo: 1.2, lines: [some(1, CARDS)] })
  await unseen.pay()

  const { id: batchId } = await db.stockBatch.findFirstOrThrow({
    where: { variant: { product: { titleZh: CARDS } } },
    select: { id: true },
  })
  const now = stage.daysAgo(1)
  const operator = { kind: 'OPERATOR', id: stage.cast.operatorId } as const
  const reason = '发行方通报：该批次为盗刷货源'
  await once(() => run((tx) => freezeBatch(tx, { batchId, reason }, operator, now)))
  const onError = (error: unknown) => {
    throw error
  }
  await sweepBatches(run, after(now, MINUTE_MS), onError)
  const owed = { status: 'PENDING' as const, payment: { checkoutId: { in: [seen.checkoutId, unseen.checkoutId] } } }
  for (const { id } of await db.refund.findMany({ where: owed, select: { id: true } })) {
    const later = after(now, HOUR_MS)
    await settleRefund(run, bankDesk(stage.mall, later).providers, id, later)
  }
}
