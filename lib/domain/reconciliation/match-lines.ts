import { type InTransaction, type Tx, selectRows, sql } from '@/lib/domain/tx'
import { z } from 'zod'

/**
 * Matches the lines of a provider's list with the ledger, each with exactly one transaction: the one whose transfers with
 * the line's externalRef move the provider's clearing account by exactly its amount and currency. A transaction is matched
 * once (unique). Matchers of one provider come one after the other. Returns how many lines were matched.
 */
export async function matchLines(run: InTransaction, provider: string, now: Date): Promise<number> {
  let matched = 0
  let found: number
  do {
    // Lines that say the same share one candidate: each round gives it to the oldest, the next looks for another.
    found = await run((tx) => matchOnce(tx, provider, now))
    matched += found
  } while (found > 0)
  return matched
}

/** One round, within a transaction that the caller has. */
export async function matchOnce(tx: Tx, provider: string, now: Date): Promise<number> {
  await tx.$executeRaw(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`match-lines:${provider}`}, 0))`)
  const rows = await selectRows(
    tx,
    z.object({ id: z.string() }),
    sql`
      WITH candidate AS (
        SELECT l.id, l.at, t."transactionId"
        FROM provider_line l
        JOIN ledger_transfer t ON t."externalRef" = l.provider || ':' || l.kind || ':' || l."sourceRef" AND t.currency = l.currency
        JOIN ledger_account a ON a.id IN (t."debitId", t."creditId") AND a.kind = 'PROVIDER_CLEARING' AND a."ownerKey" = l.provider
        WHERE l.provider = ${provider} AND l."transactionId" IS NULL AND l.explanation IS NULL
          AND NOT EXISTS (SELECT FROM provider_line m WHERE m.provider = l.provider AND m."transactionId" = t."transactionId")
        GROUP BY l.id, l.at, l."amountMinor", t."transactionId"
        HAVING sum(CASE WHEN t."debitId" = a.id THEN t."amountMinor" ELSE -t."amountMinor" END) = l."amountMinor"
      ), ranked AS (
        SELECT id, "transactionId", row_number() OVER (PARTITION BY id ORDER BY "transactionId") AS of_line,
               row_number() OVER (PARTITION BY "transactionId" ORDER BY at, id) AS of_transaction
        FROM candidate
      )
      UPDATE provider_line l SET "transactionId" = r."transactionId", "matchedAt" = ${now}
      FROM ranked r WHERE r.id = l.id AND r.of_line = 1 AND r.of_transaction = 1 AND l."transactionId" IS NULL
      RETURNING l.id`,
  )
  return rows.length
}
