import { recordOperatorAction } from '@/lib/domain/accounts'
import type { Actor } from '@/lib/domain/orders'
import type { Tx } from '@/lib/domain/tx'
import { Refusal } from '@/lib/kernel/refusal'

/**
 * An operator has a dead letter taken up once more, at once and with all its attempts. Refuses `access/not-found`, and
 * `payment/event-not-dead` for one that is handled or still tried; of two operators who press at once the second is refused.
 */
export async function retryEvent(tx: Tx, eventId: string, actor: Actor, now: Date): Promise<void> {
  const { count } = await tx.paymentEvent.updateMany({
    where: { id: eventId, verdict: 'DEAD' },
    data: { verdict: 'RECEIVED', reason: null, attempts: 0, dueAt: now, handledAt: null },
  })
  if (count === 0) {
    const known = await tx.paymentEvent.count({ where: { id: eventId } })
    throw new Refusal(known > 0 ? 'payment/event-not-dead' : 'access/not-found')
  }
  const action = { verb: 'retry-event', subject: 'payment-event', subjectId: eventId, note: null }
  await recordOperatorAction(tx, { userId: actor.id, ...action }, now)
}
