import { z } from 'zod'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { AccountKind } from '@/lib/infra/prisma/enums'
import { minorColumn } from '@/lib/queries/columns'

const Part = z.object({
  id: z.string(),
  at: z.date(),
  code: z.string(),
  minor: minorColumn,
  currency: z.string(),
  debitId: z.string(),
  debitKind: z.enum(AccountKind),
  debitKey: z.string(),
  creditId: z.string(),
  creditKind: z.enum(AccountKind),
  creditKey: z.string(),
  idempotencyKey: z.string(),
  externalRef: z.string().nullable(),
  orderId: z.string().nullable(),
  orderNumber: z.string().nullable(),
  merchantId: z.string().nullable(),
  merchant: z.string().nullable(),
  /** The capture that the external reference names. */
  paymentId: z.string().nullable(),
  /** The leg that the key names, or one of the decision that it names. */
  refundId: z.string().nullable(),
})
export type TransactionPart = z.infer<typeof Part>

/** What a transaction is about, each once. */
export interface Behind {
  readonly kind: 'order' | 'payment' | 'refund' | 'payout' | 'dispute' | 'merchant' | 'line'
  readonly id: string
  /** What people call it; null for what only has an id. */
  readonly name: string | null
}

export interface LedgerTransaction {
  readonly parts: readonly [TransactionPart, ...TransactionPart[]]
  readonly behind: readonly Behind[]
  /** Line of the provider's list that says the same. */
  readonly lineId: string | null
}

/** A key is `<kind>:<id>:...` where it is about one thing of ours. */
const keyed = (kind: string) =>
  sql`CASE WHEN t."idempotencyKey" ~ ${`^${kind}:[0-9a-f-]{36}:`} THEN split_part(t."idempotencyKey", ':', 2)::uuid END`

/** All transfers of one transaction, and what they are about. Two statements. */
export async function findTransaction(db: Tx, id: string): Promise<LedgerTransaction | null> {
  const [first, ...more] = await selectRows(
    db,
    Part,
    sql`
      SELECT t.id, t.at, t.code, t."amountMinor" AS minor, t.currency, d.id AS "debitId", d.kind::text AS "debitKind", d."ownerKey" AS "debitKey",
             c.id AS "creditId", c.kind::text AS "creditKind", c."ownerKey" AS "creditKey", t."idempotencyKey", t."externalRef",
             o.id AS "orderId", o.number AS "orderNumber", m.id AS "merchantId", m.name AS merchant, p.id AS "paymentId",
             COALESCE((SELECT r.id FROM refund r WHERE r.id = ${keyed('refund')}),
                      (SELECT r.id FROM refund r WHERE r."orderRefundId" = ${keyed('refund')} ORDER BY r.id LIMIT 1)) AS "refundId"
      FROM ledger_transfer t JOIN ledger_account d ON d.id = t."debitId" JOIN ledger_account c ON c.id = t."creditId"
      LEFT JOIN "order" o ON o.id = t."orderId" LEFT JOIN merchant m ON m.id = t."merchantId"
      LEFT JOIN payment p ON p.provider = split_part(t."externalRef", ':', 1) AND split_part(t."externalRef", ':', 2) = 'capture'
        AND p."captureRef" = substr(t."externalRef", length(p.provider) + 10)
      WHERE t."transactionId" = ${id}::uuid ORDER BY t.at, t.id`,
  )
  if (!first) return null
  const [line] = await selectRows(
    db,
    z.object({ id: z.string() }),
    sql`SELECT id FROM provider_line WHERE "transactionId" = ${id}::uuid`,
  )
  const parts = [first, ...more] as const
  return { parts, behind: behindOf(parts), lineId: line?.id ?? null }
}

const KEYED = /^(payment|payout|dispute|line):([0-9a-f-]{36}):/u

function behindOf(parts: readonly TransactionPart[]): Behind[] {
  const all = parts.flatMap((part): Behind[] => {
    const [, kind, id] = KEYED.exec(part.idempotencyKey) ?? []
    return [
      ...(part.orderId === null ? [] : [{ kind: 'order' as const, id: part.orderId, name: part.orderNumber }]),
      ...(part.paymentId === null ? [] : [{ kind: 'payment' as const, id: part.paymentId, name: null }]),
      ...(part.refundId === null ? [] : [{ kind: 'refund' as const, id: part.refundId, name: null }]),
      ...(kind !== undefined && id !== undefined ? [{ kind: kind as Behind['kind'], id, name: null }] : []),
      ...(part.merchantId === null ? [] : [{ kind: 'merchant' as const, id: part.merchantId, name: part.merchant }]),
    ]
  })
  return all.filter((one, n) => all.findIndex((other) => other.kind === one.kind && other.id === one.id) === n)
}
