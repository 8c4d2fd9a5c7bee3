import { z } from 'zod'
import { type Sql, type Tx, selectRows, sql } from '@/lib/domain/tx'
import { type BatchKey, identitiesOf } from '@/lib/domain/stock'
import { type AuditTools, type Finding, type Invariant, MOST_EXAMPLES, bySql } from './invariant'

/** How many CDKs are opened. */
const SAMPLE = 500
/** One CDK each of so many batches under every version of the master key, besides: a large batch must not hide the others. */
const BATCHES_A_VERSION = 100

const CDKS = sql`SELECT count(*) FROM cdk`

/** A CDK row names one order, so no two orders hold one CDK; what can be wrong is how many an order holds, and as what. */
const holding = (statuses: Sql, held: Sql, wanted: Sql) => sql`
  SELECT o.id::text AS id FROM "order" o
  LEFT JOIN cdk c ON c."merchantId" = o."merchantId" AND c."orderId" = o.id AND ${held}
  WHERE o.status IN (${statuses}) GROUP BY o.id HAVING count(c.id) <> ${wanted}`

/** How an order `o` is delivered, as it was bought. */
const DELIVERY = sql`COALESCE(o.snapshot->'delivery'->>'kind', 'AUTOMATIC')`

export const STOCK: readonly Invariant[] = [
  bySql({
    name: 'stock/delivered-exactly',
    says: 'delivered and confirmed orders hold exactly the CDKs they were for, less those refunded',
    unit: 'orders',
    of: sql`SELECT count(*) FROM "order" WHERE status IN ('DELIVERED', 'CONFIRMED')`,
    offenders: () =>
      holding(sql`'DELIVERED', 'CONFIRMED'`, sql`c.state = 'DELIVERED'`, sql`o.quantity - o."refundedUnits"`),
  }),
  bySql({
    name: 'stock/reserved-exactly',
    says: 'unpaid orders hold exactly the CDKs they are for, reserved; those of manual delivery hold none',
    unit: 'orders',
    of: sql`SELECT count(*) FROM "order" WHERE status = 'AWAITING_PAYMENT'`,
    offenders: () =>
      holding(
        sql`'AWAITING_PAYMENT'`,
        sql`c.state = 'RESERVED'`,
        sql`CASE ${DELIVERY} WHEN 'MANUAL' THEN 0 ELSE o.quantity END`,
      ),
  }),
  bySql({
    name: 'stock/given-back',
    says: 'expired and cancelled orders, and those that await their delivery, hold no CDK, refunded ones none that is delivered',
    unit: 'orders',
    of: sql`SELECT count(*) FROM "order" WHERE status IN ('EXPIRED', 'CANCELLED', 'AWAITING_DELIVERY', 'REFUNDED')`,
    offenders: () =>
      holding(
        sql`'EXPIRED', 'CANCELLED', 'AWAITING_DELIVERY', 'REFUNDED'`,
        sql`c.state <> 'RESERVED' AND (o.status <> 'REFUNDED' OR c.state = 'DELIVERED')`,
        sql`0`,
      ),
  }),
  bySql({
    name: 'stock/reserved-for-unpaid',
    says: 'a CDK is reserved only for an unpaid order',
    unit: 'reserved CDKs',
    of: sql`SELECT count(*) FROM cdk WHERE state = 'RESERVED'`,
    offenders: () => sql`
      SELECT c.id::text AS id FROM cdk c LEFT JOIN "order" o ON o."merchantId" = c."merchantId" AND o.id = c."orderId"
      WHERE c.state = 'RESERVED' AND o.status IS DISTINCT FROM 'AWAITING_PAYMENT'`,
  }),
  bySql({
    name: 'stock/by-hand',
    says: 'a batch that was brought by hand is out of sale, and what it holds was delivered to one order or has come back',
    unit: 'batches',
    of: sql`SELECT count(*) FROM stock_batch WHERE kind = 'HAND_DELIVERY'`,
    offenders: () => sql`
      SELECT b.id::text AS id FROM stock_batch b LEFT JOIN cdk c ON c."merchantId" = b."merchantId" AND c."batchId" = b.id
      WHERE b.kind = 'HAND_DELIVERY' GROUP BY b.id
      HAVING b."retiredAt" IS NULL OR count(DISTINCT c."orderId") > 1 OR bool_or(c.state = 'RESERVED')`,
  }),
  bySql({
    name: 'stock/of-the-variant',
    says: 'a CDK that an order holds is of the variant that was bought',
    unit: 'held CDKs',
    of: sql`SELECT count(*) FROM cdk WHERE "orderId" IS NOT NULL`,
    offenders: () => sql`
      SELECT c.id::text AS id FROM cdk c LEFT JOIN "order" o ON o."merchantId" = c."merchantId" AND o.id = c."orderId"
      WHERE c."orderId" IS NOT NULL AND o."variantId" IS DISTINCT FROM c."variantId"`,
  }),
  bySql({
    name: 'stock/batches-counted',
    says: 'every batch holds as many CDKs as its report said were taken',
    unit: 'batches',
    of: sql`SELECT count(*) FROM stock_batch`,
    offenders: () => sql`
      SELECT b.id::text AS id FROM stock_batch b LEFT JOIN cdk c ON c."merchantId" = b."merchantId" AND c."batchId" = b.id
      GROUP BY b.id HAVING count(c.id) <> b."acceptedCount"`,
  }),
  bySql({
    name: 'stock/fingerprints',
    says: 'every CDK has a fingerprint of 32 bytes',
    unit: 'CDKs',
    of: CDKS,
    offenders: () => sql`SELECT id::text AS id FROM cdk WHERE octet_length(fingerprint) <> 32`,
  }),
  {
    name: 'stock/opens',
    says: 'a random sample of CDKs, across batches and versions of the master key, opens with the keys of this installation and has the fingerprint that is stored',
    severity: 'error',
    check: openSample,
  },
]

const Sealed = z.object({
  id: z.string(),
  merchantId: z.string(),
  batchId: z.string(),
  ciphertext: z.instanceof(Uint8Array),
  fingerprint: z.instanceof(Uint8Array),
  wrappedKey: z.instanceof(Uint8Array),
  masterKeyVersion: z.number(),
  seats: z.number(),
})
type Sealed = z.infer<typeof Sealed>

async function openSample(tx: Tx, { vault }: AuditTools): Promise<Finding> {
  const [{ count } = { count: 0 }] = await selectRows(
    tx,
    z.object({ count: z.number() }),
    sql`SELECT count(*)::float8 AS count FROM cdk`,
  )
  // Twice the share that is needed: the sample is cut at SAMPLE, and a short one is only a shorter check.
  const percent = Math.min(100, (SAMPLE * 200) / Math.max(count, 1))
  const sample = await selectRows(
    tx,
    Sealed,
    sql`
      SELECT c.id, c."merchantId", c."batchId", c.ciphertext, c.fingerprint, b."wrappedKey", b."masterKeyVersion", b.seats
      FROM (
        (SELECT * FROM cdk TABLESAMPLE BERNOULLI (${percent}) ORDER BY random() LIMIT ${SAMPLE}) UNION
        (SELECT k.* FROM (
          SELECT id, row_number() OVER (PARTITION BY "masterKeyVersion" ORDER BY random()) AS at FROM stock_batch WHERE "acceptedCount" > 0
        ) AS l CROSS JOIN LATERAL (SELECT * FROM cdk WHERE "batchId" = l.id LIMIT 1) AS k WHERE l.at <= ${BATCHES_A_VERSION})
      ) AS c
      JOIN stock_batch b ON b."merchantId" = c."merchantId" AND b.id = c."batchId"`,
  )
  const keys = new Map<string, BatchKey>()
  const bad = sample.filter((cdk) => !isWhole(vault, keys, cdk)).map(({ id }) => id)
  return { counted: sample.length, unit: 'CDKs opened', offenders: bad.length, examples: bad.slice(0, MOST_EXAMPLES) }
}

/** The plaintext lives for this comparison only and is never told. */
function isWhole(vault: AuditTools['vault'], keys: Map<string, BatchKey>, cdk: Sealed): boolean {
  try {
    const key = keys.get(cdk.batchId) ?? vault.openBatchKey(cdk.wrappedKey, cdk.masterKeyVersion)
    keys.set(cdk.batchId, key)
    const code = vault.open(key, { merchantId: cdk.merchantId, cdkId: cdk.id }, cdk.ciphertext)
    const stored = Buffer.from(cdk.fingerprint)
    // Which seat of a shared code it is stands nowhere else.
    return Array.from({ length: cdk.seats }, (_, at) => at + 1).some((seat) =>
      identitiesOf(code).some((identity) => stored.equals(vault.fingerprint(identity, seat))),
    )
  } catch {
    // Whatever the cipher complains of, what the audit says is the same: this CDK does not open.
    return false
  }
}
