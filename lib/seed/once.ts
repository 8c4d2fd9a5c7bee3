import { Refusal } from '@/lib/kernel/refusal'
import type { RefusalCode } from '@/lib/kernel/refusal-codes'

/** What says that a step was done by an earlier, interrupted run. */
const DONE_BEFORE: ReadonlySet<RefusalCode> = new Set<RefusalCode>([
  'order/not-awaiting-payment',
  'order/not-due',
  'order/not-delivered',
  'order/not-refundable',
  'delivery/not-awaiting',
  'order/frozen',
  'refund/changed',
  'payment/already-paid',
  'payment/window-closed',
  'dispute/evidence-sent',
  'coupon/code-taken',
  'merchant/deposit-recorded',
  'batch/frozen',
  'complaint/known',
  'complaint/not-now',
])

/** Takes a step; one that was taken before is passed over. */
export async function once(step: () => Promise<unknown>): Promise<void> {
  try {
    await step()
  } catch (error) {
    if (!(error instanceof Refusal && DONE_BEFORE.has(error.code))) throw error
  }
}
