import { z } from 'zod'
import { type Sql, type Tx, empty, selectRows, sql } from '@/lib/domain/tx'
import { MINUTE_MS, after } from '@/lib/kernel/time'
import { minorColumn } from '@/lib/queries/columns'

/** A transaction may be this old before its line is missed: the list is pulled every few minutes. */
const GRACE_MS = 10 * MINUTE_MS
/** Differences that one statement asks for, and a page shows. */
export const DIFFERENCES_AT_A_TIME = 500

const Difference = z.object({
  /** `provider`: a line of its list that our ledger does not say; `ledger`: a transaction of ours that its list does not. */
  side: z.enum(['provider', 'ledger']),
  /** Of the line or of the transaction. */
  id: z.string(),
  provider: z.string(),
  /** What happened, as in MovementKind. */
  kind: z.string(),
  sourceRef: z.string(),
  /** Signed: positive came in at the provider. */
  amountMinor: minorColumn,
  currency: z.string(),
  /** When it happened, by the side that says it. */
  at: z.date(),
  ageSeconds: z.number(),
  orderId: z.string().nullable(),
})
export type Difference = z.infer<typeof Difference>

/**
 * What a provider's books say and ours do not, and the other way round, oldest first: lines without a transaction that
 * nobody has explained, and transactions older than ten minutes without a line. Of one provider, or of all whose lists are
 * pulled (`null`). Empty when the books agree. The first 500; those behind `last` when it is given.
 */
export async function openDifferences(
  db: Tx,
  provider: string | null,
  now: Date,
  last?: Pick<Difference, 'at' | 'id'>,
): Promise<Difference[]> {
  const behind = last ? sql`WHERE (at, id) > (${last.at}::timestamptz, ${last.id}::uuid)` : empty
  return selectRows(
    db,
    Difference,
    sql`
      SELECT *, EXTRACT(EPOCH FROM ${now}::timestamptz - at)::float8 AS "ageSeconds"
      FROM (${lines(provider)} UNION ALL ${transactions(provider, after(now, -GRACE_MS))}) AS difference ${behind}
      ORDER BY at, id LIMIT ${DIFFERENCES_AT_A_TIME}`,
  )
}

/** All of them, for an export, a page of `openDifferences` at a time. */
export async function* allDifferences(db: Tx, provider: string | null, now: Date): AsyncGenerator<Difference, void> {
  let page: Difference[] = []
  do {
    page = await openDifferences(db, provider, now, page.at(-1))
    yield* page
  } while (page.length === DIFFERENCES_AT_A_TIME)
}

function lines(provider: string | null): Sql {
  return sql`
    SELECT 'provider' AS side, l.id, l.provider, l.kind, l."sourceRef", l."amountMinor"::bigint AS "amountMinor", l.currency, l.at, NULL::uuid AS "orderId"
    FROM provider_line l
    WHERE l."transactionId" IS NULL AND l.explanation IS NULL ${provider === null ? empty : sql`AND l.provider = ${provider}`}`
}

/** `externalRef` is `<provider>:<kind>:<source ref>`; the last part may hold colons of its own. */
function transactions(provider: string | null, before: Date): Sql {
  return sql`
    SELECT 'ledger', t."transactionId", a."ownerKey", split_part(t."externalRef", ':', 2),
           substr(t."externalRef", length(a."ownerKey") + length(split_part(t."externalRef", ':', 2)) + 3),
           sum(CASE WHEN t."debitId" = a.id THEN t."amountMinor" ELSE -t."amountMinor" END)::bigint, t.currency, min(t.at), min(t."orderId"::text)::uuid
    FROM ledger_account a JOIN reconciliation r ON r.provider = a."ownerKey"
    JOIN ledger_transfer t ON a.id IN (t."debitId", t."creditId") AND starts_with(t."externalRef", a."ownerKey" || ':')
    WHERE a.kind = 'PROVIDER_CLEARING' ${provider === null ? empty : sql`AND a."ownerKey" = ${provider}`} AND t.at <= ${before}
      AND NOT EXISTS (SELECT FROM provider_line l WHERE l.provider = a."ownerKey" AND l."transactionId" = t."transactionId")
    GROUP BY t."transactionId", a."ownerKey", t."externalRef", t.currency`
}
