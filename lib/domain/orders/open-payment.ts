import { type ProviderNamed, ProviderRefused, attachProviderPayment, requireProvider } from '@/lib/domain/payments'
import { type InTransaction, type Tx, selectRows, sql } from '@/lib/domain/tx'
import { CURRENCIES } from '@/lib/kernel/money'
import { Refusal } from '@/lib/kernel/refusal'
import { z } from 'zod'

const ToPay = z.object({
  provider: z.string(),
  dueMinor: z.number(),
  currency: z.enum(CURRENCIES),
  locale: z.string(),
  payUrl: z.string().nullable(),
  paid: z.boolean(),
  open: z.boolean(),
  expiresAt: z.date(),
  /** Number of the first order; null for a top-up. */
  number: z.string().nullable(),
  orders: z.number(),
})

/**
 * Opens the checkout's payment at the provider and returns the page where the buyer pays. Calling again, also from two
 * tabs at once, gives the same payment: the provider's key is the checkout. The provider is asked outside any
 * transaction; throws `ProviderUnavailable`. Refuses `payment/unknown`, `payment/already-paid`,
 * `payment/refused` (the provider will not take this amount) and, once no order waits
 * for the money any more, `payment/window-closed`.
 */
export async function openPayment(
  run: InTransaction,
  providers: ProviderNamed,
  checkoutId: string,
  { returnUrl, now }: { readonly returnUrl: string; readonly now: Date },
): Promise<string> {
  const checkout = await run((tx) => findToPay(tx, checkoutId, now))
  if (!checkout) throw new Refusal('payment/unknown')
  if (checkout.paid) throw new Refusal('payment/already-paid')
  if (!checkout.open) throw new Refusal('payment/window-closed')
  if (checkout.payUrl !== null) return checkout.payUrl
  const { dueMinor: amountMinor, currency, locale, expiresAt } = checkout
  const description = describe(checkout)
  const opened = await requireProvider(providers, checkout.provider)
    .openPayment({ checkoutId, amountMinor, currency, description, locale, returnUrl, expiresAt })
    .catch((error: unknown) => {
      if (error instanceof ProviderRefused) throw new Refusal('payment/refused')
      throw error
    })
  await run((tx) => attachProviderPayment(tx, checkoutId, opened.providerRef, opened.payUrl))
  return opened.payUrl
}

/** What the payer reads on the provider's page. */
function describe({ number, orders }: z.infer<typeof ToPay>): string {
  if (number === null) return 'Keybond wallet'
  return orders > 1 ? `${number} +${orders - 1}` : number
}

async function findToPay(tx: Tx, checkoutId: string, now: Date): Promise<z.infer<typeof ToPay> | null> {
  const [found] = await selectRows(
    tx,
    ToPay,
    sql`
      SELECT c.provider, c."totalMinor" - c."walletMinor" AS "dueMinor", c.currency, c.locale, c."payUrl", c."expiresAt",
             c."paidPaymentId" IS NOT NULL AS paid, o.number, o.orders,
             CASE c.purpose WHEN 'TOP_UP' THEN c."expiresAt" > ${now} ELSE o.open END AS open
      FROM checkout c, LATERAL (
        SELECT (array_agg(number ORDER BY id))[1] AS number, count(*)::int AS orders,
               COALESCE(bool_and(status = 'AWAITING_PAYMENT' AND "dueAt" > ${now}), false) AS open
        FROM "order" WHERE "checkoutId" = c.id) o
      WHERE c.id = ${checkoutId}::uuid`,
  )
  return found ?? null
}
