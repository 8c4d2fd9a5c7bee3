import { z } from 'zod'
import {
  type AccountRef,
  accountId,
  merchantAvailable,
  merchantDeposit,
  merchantPending,
  merchantReceivable,
} from '@/lib/domain/ledger'
import { type Sql, type Tx, join, selectRows, sql } from '@/lib/domain/tx'
import { AccountKind, MerchantTier } from '@/lib/infra/prisma/enums'
import { type Minor, toMinor } from '@/lib/kernel/money'
import { minorColumn } from '@/lib/queries/columns'
import { type Page, selectPage } from '@/lib/queries/page'

/** The only currency that the mall trades in so far. */
export const MERCHANT_CURRENCY = 'CNY'
/** Days shown on which money matures. */
const MATURING_DAYS = 6

export interface MerchantBalances {
  readonly pendingMinor: Minor
  readonly availableMinor: Minor
  readonly depositMinor: Minor
  /** What the merchant owes the protection fund. */
  readonly owedMinor: Minor
}

const Balances = z.object({
  pendingMinor: minorColumn,
  availableMinor: minorColumn,
  depositMinor: minorColumn,
  owedMinor: minorColumn,
})

/** What the ledger holds for a merchant; accounts that never had a posting stand at zero. */
export async function selectBalances(db: Tx, merchantId: string): Promise<MerchantBalances> {
  const [balances] = await selectRows(db, Balances, sql`SELECT ${balanceColumns(merchantId)}`)
  return balances ?? { pendingMinor: 0, availableMinor: 0, depositMinor: 0, owedMinor: 0 }
}

function balanceColumns(merchantId: string): Sql {
  const { pending, available, deposit, owed } = accountsOf(merchantId)
  return sql`
    ${held(pending)} AS "pendingMinor", ${held(available)} AS "availableMinor", ${held(deposit)} AS "depositMinor",
    -${held(owed)} AS "owedMinor"`
}

/** Credits less debits of one account, as an expression. */
export function held(account: string): Sql {
  return sql`COALESCE((SELECT "creditsMinor" - "debitsMinor" FROM ledger_balance WHERE "accountId" = ${account}::uuid), 0)::bigint`
}

const minorInJson = z.union([z.number(), z.bigint()]).transform(toMinor)
const Standing = Balances.extend({
  tier: z.enum(MerchantTier),
  /** Days on which money matures, the next one first: when, how much, of how many orders. */
  maturing: z.array(z.object({ at: z.coerce.date(), amountMinor: minorInJson, orders: z.number() })),
  /** Part of pending that a dispute or a complaint keeps from maturing. */
  heldMinor: minorColumn,
  /** Of that: complaints alone, and of how many orders. */
  complainedMinor: minorColumn,
  complainedOrders: z.number(),
})
export type MerchantStanding = z.infer<typeof Standing>

/** Balances, tier and what matures next, in one statement. */
export async function findMerchantStanding(db: Tx, merchantId: string): Promise<MerchantStanding | null> {
  const unmatured = sql`earning WHERE "merchantId" = m.id AND currency = ${MERCHANT_CURRENCY} AND "maturedAt" IS NULL AND "pendingMinor" > 0`
  const [standing] = await selectRows(
    db,
    Standing,
    sql`
      SELECT ${balanceColumns(merchantId)}, m.tier::text AS tier,
        COALESCE((SELECT jsonb_agg(to_jsonb(d) ORDER BY d.at) FROM (
          SELECT min("matureAt") AS at, sum("pendingMinor") AS "amountMinor", count(*) AS orders FROM ${unmatured} AND "heldAt" IS NULL
          GROUP BY ("matureAt" AT TIME ZONE 'Asia/Shanghai')::date ORDER BY 1 LIMIT ${MATURING_DAYS}) AS d), '[]'::jsonb) AS maturing,
        COALESCE((SELECT sum("pendingMinor") FROM ${unmatured} AND "heldAt" IS NOT NULL), 0)::bigint AS "heldMinor",
        h."complainedMinor", h."complainedOrders"
      FROM merchant m CROSS JOIN LATERAL (
        SELECT COALESCE(sum(e."pendingMinor"), 0)::bigint AS "complainedMinor", count(*)::int AS "complainedOrders"
        FROM earning e JOIN "order" o ON o.id = e."orderId" AND o."complainedAt" IS NOT NULL AND o."frozenAt" IS NULL
        WHERE e."merchantId" = m.id AND e.currency = ${MERCHANT_CURRENCY} AND e."maturedAt" IS NULL AND e."pendingMinor" > 0
          AND e."heldAt" IS NOT NULL) h
      WHERE m.id = ${merchantId}::uuid`,
  )
  return standing ?? null
}

const LedgerLine = z.object({
  id: z.string(),
  at: z.date(),
  code: z.string(),
  /** The merchant's account that moved. */
  kind: z.enum(AccountKind),
  /** Signed: what the account gained or lost; a debt that grows is a loss. */
  minor: minorColumn,
  orderId: z.string().nullable(),
  orderNumber: z.string().nullable(),
  orderTotalMinor: z.number().nullable(),
  orderFeeMinor: z.number().nullable(),
})
export type LedgerLine = z.infer<typeof LedgerLine>

/** The merchant's ledger lines, latest first, with the order that each belongs to. */
export async function listLedgerLines(db: Tx, merchantId: string, page: number): Promise<Page<LedgerLine>> {
  const own = join(Object.values(accountsOf(merchantId)).map((id) => sql`${id}::uuid`))
  return selectPage(
    db,
    LedgerLine,
    {
      columns: sql`
        t.id, t.at, t.code, a.kind::text AS kind, CASE WHEN t."creditId" = a.id THEN t."amountMinor" ELSE -t."amountMinor" END AS minor,
        o.id AS "orderId", o.number AS "orderNumber", o."totalMinor" AS "orderTotalMinor", o."feeMinor" AS "orderFeeMinor"`,
      from: sql`ledger_account a JOIN ledger_transfer t ON a.id IN (t."debitId", t."creditId")
        LEFT JOIN "order" o ON o."merchantId" = ${merchantId}::uuid AND o.id = t."orderId"
        WHERE a.id IN (${own})`,
      orderBy: sql`t.at DESC, t.id DESC, a.kind`,
    },
    page,
  )
}

/** Ids of the merchant's accounts. */
export function accountsOf(merchantId: string) {
  const idOf = (account: (ownerKey: string, currency: string) => AccountRef) =>
    accountId(account(merchantId, MERCHANT_CURRENCY))
  return {
    pending: idOf(merchantPending),
    available: idOf(merchantAvailable),
    deposit: idOf(merchantDeposit),
    owed: idOf(merchantReceivable),
  }
}
