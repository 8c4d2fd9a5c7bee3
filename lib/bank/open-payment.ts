import { newId } from '@/lib/kernel/ids'
import { type Bank, BankRefusal } from './bank'
import type { OpenPaymentInput } from './protocol'
import { requireShopAddress } from './require-shop-address'

/**
 * Opens a payment, once per idempotency key: the same key again gives the first one, 409 when it asks for something
 * else. Refuses addresses outside the shop (400).
 */
export async function openPayment(
  bank: Bank,
  key: string,
  { payBy, ...input }: OpenPaymentInput,
): Promise<{ id: string; payUrl: string }> {
  requireShopAddress(bank, input.returnUrl, input.notifyUrl)
  await bank.db.bankPayment.createMany({
    data: [
      {
        id: newId(),
        idempotencyKey: key,
        ...input,
        payBy: payBy === undefined ? null : new Date(payBy),
        status: 'OPEN',
        faults: {},
        createdAt: bank.clock(),
      },
    ],
    skipDuplicates: true,
  })
  const payment = await bank.db.bankPayment.findUniqueOrThrow({ where: { idempotencyKey: key } })
  const { reference, amountMinor, currency } = payment
  if (reference !== input.reference || amountMinor !== input.amountMinor || currency !== input.currency) {
    throw new BankRefusal(409, 'key-reused')
  }
  // The page stands on the origin that the payer comes from: a shop that answers to several keeps its cookies.
  return { id: payment.id, payUrl: new URL(`/bank/pay/${payment.id}`, input.returnUrl).href }
}
