import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { decideDispute } from '@/lib/bank/decide-dispute'
import { openDispute } from '@/lib/bank/open-dispute'
import { payStray } from '@/lib/bank/pay-stray'
import { pumpCallbacks } from '@/lib/bank/pump-callbacks'
import { refuseNextTransfer } from '@/lib/bank/refuse-next-transfer'
import { returnLastTransfer } from '@/lib/bank/return-last-transfer'
import { ProviderRefused } from '@/lib/domain/payments/provider'
import { SECOND_MS, after } from '@/lib/kernel/time'
import {
  aPaidPayment,
  aReadyAccount,
  anOpenPayment,
  bank,
  clock,
  expectBankSound,
  pressPay,
  provider,
} from '@/tests/support/bank'
import { db } from '@/tests/support/database'

test.each(['no', 'pending', 'fail', 'fail-always'])(
  'everything at once, refunds %s: nobody waits for ever, and the books agree',
  async (refunds) => {
    const { captureId } = await aPaidPayment({ refunds })
    const accountRef = await aReadyAccount()
    const openId = await anOpenPayment()
    const refund = async () => {
      const asked = { refundId: randomUUID(), attempt: 1, captureRef: captureId, amountMinor: 150, retry: false }
      await provider.refund(asked).catch(allowRefusal)
    }
    const transfer = async () =>
      provider.transfer({ payoutId: randomUUID(), accountRef, amountMinor: 70, currency: 'CNY', retry: false })
    for (let round = 0; round < 4; round++) {
      const dispute = await db.bankDispute.findUnique({ where: { captureId } })
      await Promise.all([
        refund(),
        transfer(),
        pumpCallbacks(bank),
        round === 1 ? openDispute(bank, captureId, 'duplicate') : null,
        refund(),
        returnLastTransfer(bank, accountRef),
        dispute && decideDispute(bank, dispute.id, 'shop'),
        pressPay(openId, { duplicate: 'on' }),
        payStray(bank, { amountMinor: 5, currency: 'USD', description: '' }),
        refuseNextTransfer(bank, accountRef, true),
        transfer(),
        pumpCallbacks(bank),
        refund(),
        returnLastTransfer(bank, accountRef),
        dispute && decideDispute(bank, dispute.id, 'payer'),
      ])
      await expectBankSound()
      clock.now = after(clock.now, 2 * SECOND_MS)
    }
    const { amountMinor, refundedMinor, disputedMinor } = await db.bankCapture.findUniqueOrThrow({
      where: { id: captureId },
    })
    expect(refundedMinor + disputedMinor).toBeLessThanOrEqual(amountMinor)
    const { _sum } = await db.bankRefund.aggregate({
      where: { captureId, status: { not: 'failed' } },
      _sum: { amountMinor: true },
    })
    expect(_sum.amountMinor ?? 0).toBe(refundedMinor)
    expect(await db.bankCapture.count({ where: { paymentId: openId } })).toBe(2)
  },
)

function allowRefusal(error: unknown): void {
  if (!(error instanceof ProviderRefused)) throw error
}
