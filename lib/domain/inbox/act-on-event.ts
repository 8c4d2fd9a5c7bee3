import { syncDispute } from '@/lib/domain/disputes'
import { syncPayout, syncPayoutAccount } from '@/lib/domain/merchants'
import { type EventSubject, type PaymentProvider, syncRefund } from '@/lib/domain/payments'
import { type TakenPayment, takePayment } from '@/lib/domain/suspense'
import type { InTransaction } from '@/lib/domain/tx'
import { Refusal } from '@/lib/kernel/refusal'

/** What became of an event. */
export interface Judgement {
  readonly verdict: 'APPLIED' | 'IGNORED' | 'REJECTED'
  readonly reason: string | null
  readonly checkoutId: string | null
}

const FOREIGN: Judgement = { verdict: 'REJECTED', reason: 'foreign', checkoutId: null }

/**
 * Does what an event asks for, by what it is about (EVENT_EFFECTS). Everything is looked up at the provider, so it does not
 * matter what the event itself says, how often it comes and in which order.
 */
export async function actOnEvent(
  run: InTransaction,
  provider: PaymentProvider,
  subject: EventSubject,
  now: Date,
): Promise<Judgement> {
  switch (subject.kind) {
    case 'payment':
      return judgePayment(run, provider, subject.providerRef, now)
    case 'refund':
      return judged(await syncRefund(run, provider, subject.refundRef, now), await checkoutOf(run, provider, subject))
    case 'transfer':
      return judged(await syncPayout(run, provider, subject.transferRef, now), null)
    case 'account':
      return judged(await syncPayoutAccount(run, provider, subject.accountRef, now), null)
    case 'dispute':
      return judged(await syncDispute(run, provider, subject.disputeRef, now), await checkoutOf(run, provider, subject))
  }
}

async function judgePayment(
  run: InTransaction,
  provider: PaymentProvider,
  providerRef: string,
  now: Date,
): Promise<Judgement> {
  try {
    const taken = await takePayment(run, provider, providerRef, now)
    return taken ? judgeOutcomes(taken) : FOREIGN
  } catch (error) {
    // The provider's payment under this id is another checkout's: an answer, and the same one every time.
    if (error instanceof Refusal && error.code === 'payment/unknown') return FOREIGN
    throw error
  }
}

/** The worst of what its captures came to: an operator who looks for doubled money finds the event by it. */
function judgeOutcomes({ checkoutId, outcomes }: TakenPayment): Judgement {
  const news = outcomes.filter((outcome) => outcome !== 'known')
  const wrong = news.find((outcome) => outcome !== 'delivered' && outcome !== 'topped-up')
  if (news.length > 0) return { verdict: 'APPLIED', reason: wrong ?? null, checkoutId }
  return { verdict: 'IGNORED', reason: outcomes.length > 0 ? 'known' : 'not-captured', checkoutId }
}

function judged(ours: boolean, checkoutId: string | null): Judgement {
  return ours ? { verdict: 'APPLIED', reason: null, checkoutId } : FOREIGN
}

/** The checkout whose payment a refund or dispute is of, so that the event is found beside its orders. */
async function checkoutOf(
  run: InTransaction,
  { name: provider }: PaymentProvider,
  subject: Extract<EventSubject, { readonly kind: 'refund' | 'dispute' }>,
): Promise<string | null> {
  const of =
    subject.kind === 'refund'
      ? { refunds: { some: { providerRef: subject.refundRef } } }
      : { disputes: { some: { disputeRef: subject.disputeRef } } }
  const payment = await run((tx) => tx.payment.findFirst({ where: { provider, ...of }, select: { checkoutId: true } }))
  return payment?.checkoutId ?? null
}
