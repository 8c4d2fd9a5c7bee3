import { SYSTEM } from '@/lib/domain/actor'
import { type InTransaction, type Tx, selectRows, sql } from '@/lib/domain/tx'
import { z } from 'zod'
import { closeCase } from './close-case'
import { lockCase } from './lock-case'

const BATCH = 100

/** Nothing is left to decide: every CDK of it was refunded, or the whole order. A second charge is another's money than the order's. */
const MOOT = sql`
  c."dueAt" IS NOT NULL AND c."ruledAt" IS NULL AND c.failure <> 'DUPLICATE_CHARGE' AND (
    EXISTS (SELECT FROM "order" o WHERE o.id = c."orderId" AND o.status = 'REFUNDED')
    OR (EXISTS (SELECT FROM complaint_unit u WHERE u."complaintId" = c.id)
      AND NOT EXISTS (
        SELECT FROM complaint_unit u WHERE u."complaintId" = c.id AND NOT EXISTS (
          SELECT FROM refund_unit r WHERE r."orderId" = c."orderId" AND r."cdkId" = u."cdkId"))))`

const Found = z.object({ id: z.string() })

/** Open cases about what was refunded another way meanwhile: the merchant's own refund, a frozen batch, a chargeback. Read in batches. */
export async function mootCases(run: InTransaction): Promise<string[]> {
  const rows = await run((tx) => selectRows(tx, Found, sql`SELECT c.id FROM complaint c WHERE ${MOOT} LIMIT ${BATCH}`))
  return rows.map(({ id }) => id)
}

/** Closes such a case; false when it is none, or no longer open. */
export async function closeMoot(tx: Tx, complaintId: string, now: Date): Promise<boolean> {
  const locked = await lockCase(tx, complaintId)
  const moot = await selectRows(
    tx,
    Found,
    sql`SELECT c.id FROM complaint c WHERE c.id = ${complaintId}::uuid AND ${MOOT}`,
  )
  if (moot.length === 0) return false
  await tx.complaintUnit.updateMany({ where: { complaintId, result: null }, data: { result: 'REFUNDED' } })
  await closeCase(tx, locked, { name: 'moot', outcome: 'ELSEWHERE', actor: SYSTEM }, now)
  return true
}
