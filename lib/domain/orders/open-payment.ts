import { type PaymentProvider, attachProviderPayment } from '@/lib/domain/payments'
import { type InTransaction, type Tx, selectRows, sql } from '@/lib/domain/tx'
import { CURRENCIES } from '@/lib/kernel/money'
import { Refusal } from '@/lib/kernel/refusal'
import { z } from 'zod'

const ToPay = z.object({
  provider: z.string(),
  totalMinor: z.number(),
  currency: z.enum(CURRENCIES),
  locale: z.string(),
  payUrl: z.string().nullable(),
  paid: z.boolean(),
  open: z.boolean(),
  number: z.string(),
})

/**
 * Opens the checkout's payment at the provider and returns the page where the buyer pays. Calling again, also from two
 * tabs at once, gives the same payment: the provider's key is the checkout. The provider is asked outside any
 * transaction; throws `ProviderUnavailable`. Refuses `payment/unknown`, `payment/already-paid` and, once no order waits
 * for the money any more, `payment/window-closed`.
 */
export async function openPayment(
  run: InTransaction,
  provider: PaymentProvider,
  checkoutId: string,
  { returnUrl, now }: { readonly returnUrl: string; readonly now: Date },
): Promise<string> {
  const checkout = await run((tx) => findToPay(tx, checkoutId, now))
  if (!checkout || checkout.provider !== provider.name) throw new Refusal('payment/unknown')
  if (checkout.paid) throw new Refusal('payment/already-paid')
  if (!checkout.open) throw new Refusal('payment/window-closed')
  if (checkout.payUrl !== null) return checkout.payUrl
  const { totalMinor: amountMinor, currency, locale, number } = checkout
  const opened = await provider.openPayment({
    checkoutId,
    amountMinor,
    currency,
    description: number,
    locale,
    returnUrl,
  })
  await run((tx) => attachProviderPayment(tx, checkoutId, opened.providerRef, opened.payUrl))
  return opened.payUrl
}

async function findToPay(tx: Tx, checkoutId: string, now: Date): Promise<z.infer<typeof ToPay> | null> {
  const [found] = await selectRows(
    tx,
    ToPay,
    sql`
      SELECT c.provider, c."totalMinor", c.currency, c.locale, c."payUrl", c."paidPaymentId" IS NOT NULL AS paid,
             o.status = 'AWAITING_PAYMENT' AND o."dueAt" > ${now} AS open, o.number
      FROM checkout c JOIN "order" o ON o."checkoutId" = c.id
      WHERE c.id = ${checkoutId}::uuid ORDER BY o.id LIMIT 1`,
  )
  return found ?? null
}
