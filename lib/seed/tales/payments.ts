import { payStray } from '@/lib/bank/pay-stray'
import { handleEvent } from '@/lib/domain/inbox'
import { SECOND_MS, HOUR_MS } from '@/lib/kernel/time'
import { bankDesk } from '@/lib/seed/bank-desk'
import { type Stage, type Tale, some } from './stage'

/** A cent is missing, and somebody paid in dollars: both go back, both orders expire. */
export const wrongAmounts: Tale = async (stage) => {
  const lines = [some(1, '青柠视频 黄金会员激活码')]
  const less = await stage.open({ name: 'paid-a-cent-less', who: 'zhao', daysAgo: 6, lines })
  await less.pay({ underpay: 'by-one' })
  await less.expire()
  const dollars = await stage.open({ name: 'paid-in-dollars', who: 'maya', daysAgo: 3, lines })
  await dollars.pay({ currency: 'USD' })
  await dollars.expire()
}

/** Two payments that no checkout asked for: they lie in suspense until an operator looks. */
export const strayPayments: Tale = async (stage) => {
  await stray(stage, { description: '给表弟充值', amountMinor: 8_800, daysAgo: 4 })
  await stray(stage, { description: 'invoice 2231', amountMinor: 12_650, daysAgo: 0.4 })
}

/**
 * The bank tells of a payment and answers no question for an hour: the order expires, the event dies in the inbox after
 * eight attempts, and a later look finds the payment all the same.
 */
export const deadEvent: Tale = async (stage) => {
  const { mall } = stage
  const { db, run } = mall
  const lines = [some(1, '飞鸟出行 打车代金券')]
  const scene = await stage.open({ name: 'bank-out-for-an-hour', who: 'qiu', daysAgo: 3.2, lines })
  const ref = await scene.payment()
  const cutOff = (now: Date) => bankDesk(mall, now, { cutOff: true })
  const paidAt = scene.wait(40 * SECOND_MS)
  await cutOff(paidAt).pay(ref)
  for (;;) {
    const heard = { verdict: 'RECEIVED' as const, subject: { path: ['providerRef'], equals: ref } }
    const event = await db.paymentEvent.findFirst({ where: heard, select: { id: true, dueAt: true } })
    if (!event?.dueAt) break
    await handleEvent(run, cutOff(event.dueAt).provider, event.id, event.dueAt)
  }
  await scene.expire()
  scene.wait(HOUR_MS)
  await scene.comeBack()
  await scene.reveal()
  await scene.confirm()
}

async function stray(
  { mall, daysAgo }: Stage,
  { daysAgo: days, ...facts }: { readonly description: string; readonly amountMinor: number; readonly daysAgo: number },
): Promise<void> {
  const desk = bankDesk(mall, daysAgo(days))
  const where = { reference: null, description: facts.description }
  const known = await mall.db.bankPayment.findFirst({ where, select: { id: true } })
  await desk.tell(known?.id ?? (await payStray(desk.bank, { ...facts, currency: 'CNY' })))
}
