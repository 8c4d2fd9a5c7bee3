import { z } from 'zod'
import { type Sql, type Tx, join, selectRows, sql } from '@/lib/domain/tx'
import { AccountKind } from '@/lib/infra/prisma/enums'
import { minorColumn } from '@/lib/queries/columns'

/** One thing is told by this many transfers at most; whatever has more is looked at in its account. */
const MOST = 300

const Transfer = z.object({
  id: z.string(),
  transactionId: z.string(),
  at: z.date(),
  code: z.string(),
  minor: minorColumn,
  currency: z.string(),
  debitId: z.string(),
  debitKind: z.enum(AccountKind),
  creditId: z.string(),
  creditKind: z.enum(AccountKind),
  externalRef: z.string().nullable(),
})
export type TransferRow = z.infer<typeof Transfer>

/** The whole transactions that a condition on `f`, one of their transfers, is true of; oldest first, in one statement. */
export async function selectTransfers(db: Tx, condition: Sql): Promise<TransferRow[]> {
  return selectRows(
    db,
    Transfer,
    sql`
      SELECT t.id, t."transactionId", t.at, t.code, t."amountMinor" AS minor, t.currency, t."debitId", d.kind::text AS "debitKind",
             t."creditId", c.kind::text AS "creditKind", t."externalRef"
      FROM ledger_transfer t JOIN ledger_account d ON d.id = t."debitId" JOIN ledger_account c ON c.id = t."creditId"
      WHERE t."transactionId" IN (SELECT f."transactionId" FROM ledger_transfer f WHERE ${condition})
      ORDER BY t.at, t.id LIMIT ${MOST}`,
  )
}

/** The transfers that touched one account. */
export function touching(accountId: string): Sql {
  return sql`${accountId}::uuid IN (f."debitId", f."creditId")`
}

export function withKeys(keys: readonly string[]): Sql {
  return sql`f."idempotencyKey" IN (${join(keys)})`
}
