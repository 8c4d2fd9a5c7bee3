import { z } from 'zod'
import { accountId, walletOf } from '@/lib/domain/ledger'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { RefundStatus } from '@/lib/infra/prisma/enums'
import { type Minor, toMinor } from '@/lib/kernel/money'
import { HOUR_MS, after } from '@/lib/kernel/time'
import { type Page, selectPage } from '@/lib/queries/page'

/** The only currency that the mall trades in so far. */
export const WALLET_CURRENCY = 'CNY'
const LINES_PER_PAGE = 20
const TOP_UP_HOURS = 72

const minor = z.bigint().transform(toMinor)

const Line = z.object({
  id: z.string(),
  /** Code of the posting: top-up, wallet-pay, wallet-back, refund. */
  code: z.string(),
  at: z.date(),
  /** Positive came in. */
  amountMinor: minor,
  orderNumber: z.string().nullable(),
})
export type WalletLine = z.infer<typeof Line>

/** What a buyer's wallet holds, from the ledger; one statement. */
export async function findWalletBalance(db: Tx, userId: string): Promise<Minor> {
  const [row] = await selectRows(
    db,
    z.object({ net: minor }),
    sql`
      SELECT ("creditsMinor" - "debitsMinor")::bigint AS net FROM ledger_balance
      WHERE "accountId" = ${accountId(walletOf(userId, WALLET_CURRENCY))}::uuid`,
  )
  return row?.net ?? 0
}

/** A page of everything that came into a buyer's wallet or left it, newest first; one statement. */
export async function listWalletLines(db: Tx, userId: string, page: number): Promise<Page<WalletLine>> {
  const wallet = sql`${accountId(walletOf(userId, WALLET_CURRENCY))}::uuid`
  return selectPage(
    db,
    Line,
    {
      columns: sql`
        t.id, t.code, t.at, (CASE WHEN t."creditId" = ${wallet} THEN t."amountMinor" ELSE -t."amountMinor" END)::bigint AS "amountMinor",
        (SELECT o.number FROM "order" o WHERE o.id = t."orderId") AS "orderNumber"`,
      from: sql`ledger_transfer t WHERE t."debitId" = ${wallet} OR t."creditId" = ${wallet}`,
      orderBy: sql`t.at DESC, t.id DESC`,
    },
    page,
    LINES_PER_PAGE,
  )
}

const TopUp = z.object({
  id: z.string(),
  amountMinor: z.number(),
  currency: z.string(),
  createdAt: z.date(),
  expiresAt: z.date(),
  paid: z.boolean(),
  /** Whether the payment was ever opened at the provider, so that asking there makes sense. */
  paymentOpened: z.boolean(),
  /** Money of it that went back: paid twice, or another amount than asked for. */
  refunds: z.array(
    z.object({ id: z.string(), amountMinor: z.number(), currency: z.string(), status: z.enum(RefundStatus) }),
  ),
})
export type TopUp = z.infer<typeof TopUp>

/** The buyer's latest top-ups, the newest first; one statement. Older ones are in the wallet's lines, if they were paid. */
export async function listTopUps(db: Tx, userId: string, now: Date): Promise<TopUp[]> {
  return selectRows(
    db,
    TopUp,
    sql`
      SELECT c.id, c."totalMinor" AS "amountMinor", c.currency, c."createdAt", c."expiresAt", c."paidPaymentId" IS NOT NULL AS paid,
             c."providerRef" IS NOT NULL AS "paymentOpened",
             COALESCE((SELECT jsonb_agg(jsonb_build_object('id', r.id, 'amountMinor', r."amountMinor", 'currency', r.currency, 'status', r.status) ORDER BY r.id)
                       FROM payment p JOIN refund r ON r."paymentId" = p.id WHERE p."checkoutId" = c.id), '[]'::jsonb) AS refunds
      FROM checkout c
      WHERE c."buyerId" = ${userId}::uuid AND c.purpose = 'TOP_UP' AND c."createdAt" > ${after(now, -TOP_UP_HOURS * HOUR_MS)}
      ORDER BY c."createdAt" DESC, c.id DESC LIMIT 5`,
  )
}

/** Whether this top-up is the buyer's own. */
export async function findOwnTopUp(db: Tx, userId: string, checkoutId: string): Promise<boolean> {
  return (await db.checkout.count({ where: { id: checkoutId, buyerId: userId, purpose: 'TOP_UP' } })) > 0
}
