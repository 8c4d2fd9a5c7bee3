import { z } from 'zod'
import { hash } from 'node:crypto'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { type AuditTools, type Finding, type Invariant, MOST_EXAMPLES, bySql } from './invariant'

/** How many proofs are opened. */
const SAMPLE = 20

export const BATCHES: readonly Invariant[] = [
  bySql({
    name: 'batches/out-of-sale',
    says: 'nothing of a frozen or retired batch is for sale and nothing of a free one frozen, but while the worker is at it',
    unit: 'batches',
    of: sql`SELECT count(*) FROM stock_batch`,
    offenders: () => sql`
      SELECT DISTINCT b.id::text AS id FROM stock_batch b JOIN cdk c ON c."batchId" = b.id
      WHERE b."dueAt" IS NULL AND CASE
        WHEN b."frozenAt" IS NOT NULL THEN c.state = 'AVAILABLE'
        WHEN b."retiredAt" IS NOT NULL THEN c.state IN ('AVAILABLE', 'FROZEN')
        ELSE c.state = 'FROZEN' END`,
  }),
  bySql({
    name: 'batches/frozen-refunded',
    says: 'no buyer is left with a CDK of a frozen batch that was not refunded, but while the worker is at it',
    unit: 'delivered CDKs',
    of: sql`SELECT count(*) FROM cdk WHERE state = 'DELIVERED'`,
    offenders: () => sql`
      SELECT c.id::text AS id FROM cdk c JOIN stock_batch b ON b.id = c."batchId"
      WHERE c.state = 'DELIVERED' AND b."frozenAt" IS NOT NULL AND b."dueAt" IS NULL`,
  }),
  bySql({
    name: 'batches/swept-in-time',
    says: 'what follows from a freeze or retirement is not due for more than an hour',
    severity: 'warning',
    unit: 'batches',
    of: sql`SELECT count(*) FROM stock_batch`,
    offenders: ({ now }) =>
      sql`SELECT id::text AS id FROM stock_batch WHERE "dueAt" < ${now}::timestamptz - interval '1 hour'`,
  }),
  bySql({
    name: 'batches/pairs-told',
    says: 'every code that two merchants have is told to operators',
    unit: 'CDKs',
    of: sql`SELECT count(*) FROM cdk`,
    offenders: () => sql`
      SELECT encode(twice.fingerprint, 'hex') AS id
      FROM (SELECT fingerprint FROM cdk GROUP BY fingerprint HAVING count(*) > 1) AS twice
      WHERE NOT EXISTS (SELECT FROM fingerprint_pair x WHERE x.fingerprint = twice.fingerprint)`,
  }),
  {
    name: 'batches/proofs-kept',
    says: 'every proof of a batch has its file, and a random sample of them opens and is what was uploaded',
    severity: 'error',
    check: openProofs,
  },
]

const Proof = z.object({
  id: z.string(),
  fileKey: z.string(),
  byteCount: z.number(),
  sha256: z.string(),
  wrappedKey: z.instanceof(Uint8Array),
  masterKeyVersion: z.number(),
})

async function openProofs(tx: Tx, { vault, proofs }: AuditTools): Promise<Finding> {
  const rows = await selectRows(
    tx,
    Proof,
    sql`
      SELECT f.id, f."fileKey", f."byteCount", encode(f.sha256, 'hex') AS sha256, b."wrappedKey", b."masterKeyVersion"
      FROM batch_proof f JOIN stock_batch b ON b."merchantId" = f."merchantId" AND b.id = f."batchId" ORDER BY random()`,
  )
  const [{ count } = { count: 0 }] = await selectRows(
    tx,
    z.object({ count: z.number() }),
    sql`SELECT count(*)::float8 AS count FROM stock_batch`,
  )
  const facts = { counted: count, unit: 'batches' }
  if (!proofs) return { ...facts, offenders: 0, examples: [] }
  const stored = new Set(await proofs.list())
  const bad = rows.filter(({ fileKey }) => !stored.has(fileKey)).map(({ id }) => id)
  for (const row of rows.filter(({ fileKey }) => stored.has(fileKey)).slice(0, SAMPLE)) {
    const key = vault.openBatchKey(row.wrappedKey, row.masterKeyVersion)
    const bytes = await proofs.read(key, row.fileKey).catch(() => null)
    if (bytes?.length !== row.byteCount || hash('sha256', bytes) !== row.sha256) bad.push(row.id)
  }
  return { ...facts, offenders: bad.length, examples: bad.slice(0, MOST_EXAMPLES) }
}
