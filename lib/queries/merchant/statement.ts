import { z } from 'zod'
import { type Tx, empty, selectRows, sql } from '@/lib/domain/tx'
import type { Minor } from '@/lib/kernel/money'
import { minorColumn } from '@/lib/queries/columns'
import { MERCHANT_CURRENCY, accountsOf, held } from './balance'
import { payoutNumber } from './payouts'
import { STATEMENT_ZONE, type Month, monthNamed, monthsFrom } from './statement-month'

/** Lines that one statement of the database asks for. */
const BATCH = 1_000

const First = z.object({ at: z.date().nullable() })

/** The months in which the merchant's accounts have stood, the latest first; the present one is still running. */
export async function listStatementMonths(db: Tx, merchantId: string, now: Date): Promise<Month[]> {
  const { pending, available, deposit } = accountsOf(merchantId)
  const [first] = await selectRows(
    db,
    First,
    sql`
      SELECT min(least(
        (SELECT min(at) FROM ledger_transfer WHERE "creditId" = own.id),
        (SELECT min(at) FROM ledger_transfer WHERE "debitId" = own.id))) AS at
      FROM (VALUES (${pending}::uuid), (${available}::uuid), (${deposit}::uuid)) AS own (id)`,
  )
  return first?.at ? monthsFrom(first.at, now) : []
}

const Seller = z.object({ shopName: z.string(), legalName: z.string(), creditCode: z.string() })

interface StatementLine {
  readonly at: Date
  /** As `nameOf` calls it. */
  readonly kind: string
  /** The order's number, the payout's, or the bank's number of a deposit. */
  readonly reference: string | null
  /** Positive came in, negative went out. */
  readonly amountMinor: number
}

interface StatementAccount {
  readonly account: 'pending' | 'available' | 'deposit'
  readonly openingMinor: Minor
  readonly closingMinor: Minor
  /** Oldest first; read once, as they are asked for. */
  readonly lines: AsyncIterable<StatementLine>
}

/** A merchant's accounts in one month, [from, to), as a document shows them. */
interface MerchantStatement {
  readonly seller: z.infer<typeof Seller>
  readonly currency: string
  readonly timeZone: string
  readonly from: Date
  readonly to: Date
  readonly issuedAt: Date
  readonly accounts: readonly StatementAccount[]
}

interface StatementOptions {
  readonly now: Date
  /** What a movement is called, by its code in the ledger, in the reader's language. */
  readonly nameOf: (code: string) => string
}

/**
 * The merchant's statement of a month (`2026-02`, in Shanghai) from the ledger, in a transaction that sees one moment and
 * lasts until its lines were read. Null for a month that is none or has not begun.
 */
export async function findStatement(
  tx: Tx,
  merchantId: string,
  named: string,
  { now, nameOf }: StatementOptions,
): Promise<MerchantStatement | null> {
  const month = monthNamed(named, now)
  const [seller] = await selectRows(
    tx,
    Seller,
    sql`
      SELECT name AS "shopName", "legalName", "legalNumber" AS "creditCode" FROM merchant WHERE id = ${merchantId}::uuid`,
  )
  if (!month || !seller) return null
  const accounts: StatementAccount[] = []
  for (const account of ['pending', 'available', 'deposit'] as const) {
    const id = accountsOf(merchantId)[account]
    accounts.push({ account, ...(await selectEnds(tx, id, month)), lines: linesOf(tx, id, month, nameOf) })
  }
  const { from, to } = month
  return { seller, currency: MERCHANT_CURRENCY, timeZone: STATEMENT_ZONE, from, to, issuedAt: now, accounts }
}

const Ends = z.object({ openingMinor: minorColumn, closingMinor: minorColumn })

/** Counted back from what the account holds now: months are asked for soon after they end. */
async function selectEnds(tx: Tx, account: string, { from, to }: Month): Promise<z.infer<typeof Ends>> {
  const since = (at: Date) => sql`(
    COALESCE((SELECT sum("amountMinor") FROM ledger_transfer WHERE "creditId" = ${account}::uuid AND at >= ${at}), 0)
    - COALESCE((SELECT sum("amountMinor") FROM ledger_transfer WHERE "debitId" = ${account}::uuid AND at >= ${at}), 0))`
  const [ends] = await selectRows(
    tx,
    Ends,
    sql`
      SELECT (${held(account)} - ${since(from)})::bigint AS "openingMinor", (${held(account)} - ${since(to)})::bigint AS "closingMinor"`,
  )
  return ends ?? { openingMinor: 0, closingMinor: 0 }
}

const Line = z.object({
  id: z.string(),
  at: z.date(),
  code: z.string(),
  key: z.string(),
  orderNumber: z.string().nullable(),
  minor: minorColumn,
})
type Line = z.infer<typeof Line>

async function* linesOf(
  tx: Tx,
  account: string,
  month: Month,
  nameOf: (code: string) => string,
): AsyncGenerator<StatementLine, void> {
  let last: Line | undefined
  do {
    const batch: Line[] = await selectLines(tx, account, month, last)
    for (const line of batch) {
      yield { at: line.at, kind: nameOf(line.code), reference: referenceOf(line), amountMinor: line.minor }
    }
    last = batch.length < BATCH ? undefined : batch.at(-1)
  } while (last)
}

/** From each side of the account as many as are wanted, so that both are read off an index. */
async function selectLines(tx: Tx, account: string, { from, to }: Month, last: Line | undefined): Promise<Line[]> {
  const beyond = last ? sql`AND (at, id) > (${last.at}, ${last.id}::uuid)` : empty
  const part = (side: 'creditId' | 'debitId') => {
    const [column, signed] =
      side === 'creditId' ? [sql`"creditId"`, sql`"amountMinor"`] : [sql`"debitId"`, sql`-"amountMinor"`]
    return sql`(
      SELECT id, at, code, "idempotencyKey" AS key, "orderId", ${signed} AS minor FROM ledger_transfer
      WHERE ${column} = ${account}::uuid AND at >= ${from} AND at < ${to} ${beyond} ORDER BY at, id LIMIT ${BATCH})`
  }
  return selectRows(
    tx,
    Line,
    sql`
      SELECT t.id, t.at, t.code, t.key, o.number AS "orderNumber", t.minor
      FROM (SELECT * FROM (${part('creditId')} UNION ALL ${part('debitId')}) AS both_sides ORDER BY at, id LIMIT ${BATCH}) AS t
      LEFT JOIN "order" o ON o.id = t."orderId" ORDER BY t.at, t.id`,
  )
}

function referenceOf({ orderNumber, key }: Line): string | null {
  if (orderNumber !== null) return orderNumber
  const [fact, id] = key.split(':')
  if (fact === 'payout' && id !== undefined) return payoutNumber(id)
  return fact === 'deposit' ? key.slice('deposit:'.length) : null
}
