import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { z } from 'zod'

/**
 * An arbitrator for a case, at random (by the database's cryptographic generator) among those with the fewest open cases; null when
 * nobody is free of ties. Tied is who ever ordered from the merchant, as a guest too (which covers the buyer of this order), works for the
 * merchant's company or for the same employer as the buyer, or has a seat in the case or has had one that an operator gave to somebody else; who rests gets nothing. Picks
 * come one after the other (transaction-scoped advisory lock), so that each sees the load that the last one made.
 */
export async function pickArbitrator(tx: Tx, complaintId: string): Promise<string | null> {
  await tx.$executeRaw(sql`SELECT pg_advisory_xact_lock(hashtextextended('arbitration', 0))`)
  const [picked] = await selectRows(
    tx,
    z.object({ id: z.string() }),
    sql`
      WITH held AS (
        SELECT seat.id, count(*) AS cases
        FROM complaint c CROSS JOIN LATERAL (
          SELECT c."arbitratorId" WHERE c.state <> 'APPEALED'
          UNION ALL SELECT c."secondId" WHERE c.state <> 'APPEALED'
          UNION ALL SELECT c."appealArbitratorId"
        ) AS seat (id)
        WHERE c.state IN ('ESCALATED', 'ASKED', 'APPEALED') AND seat.id IS NOT NULL GROUP BY seat.id
      )
      SELECT u.id
      FROM complaint c JOIN merchant m ON m.id = c."merchantId" CROSS JOIN "user" u LEFT JOIN held ON held.id = u.id
      WHERE c.id = ${complaintId}::uuid AND u.role = 'ARBITRATOR' AND u."restingSince" IS NULL
        AND u.id IS DISTINCT FROM c."arbitratorId" AND u.id IS DISTINCT FROM c."secondId" AND u.id IS DISTINCT FROM c."appealArbitratorId"
        AND NOT EXISTS (
          SELECT FROM operator_action a
          WHERE a.verb = 'reassign-case' AND a."subjectId" = c.id::text AND a.note LIKE '% ' || u.id || ' > %')
        AND u."employerNumber" IS DISTINCT FROM upper(m."legalNumber")
        AND NOT EXISTS (
          SELECT FROM "user" b
          WHERE (b.id = c."buyerId" OR b.email = c."buyerKey") AND b."employerNumber" = u."employerNumber")
        AND NOT EXISTS (
          SELECT FROM "order" o JOIN checkout k ON k.id = o."checkoutId"
          WHERE o."merchantId" = c."merchantId" AND (k."buyerId" = u.id OR lower(btrim(k.email)) = u.email))
      ORDER BY COALESCE(held.cases, 0), gen_random_uuid() LIMIT 1`,
  )
  return picked?.id ?? null
}
