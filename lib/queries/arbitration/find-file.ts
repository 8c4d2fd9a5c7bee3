import { z } from 'zod'
import { Proposal } from '@/lib/domain/arbitration'
import { Attributes } from '@/lib/domain/catalog'
import { type Tx, type Sql, selectRows, sql } from '@/lib/domain/tx'
import { BatchKind, BatchReview, BatchSource, CaseSide, UnitResult } from '@/lib/infra/prisma/enums'
import { PROOFS_OF_BATCH, Proof } from '@/lib/queries/batch-shown'
import { ChainEvent, chainColumn } from '@/lib/queries/provenance'
import { STANDING, assignedTo, standingOf } from './role'

const DeliveredCdk = z.object({
  cdkId: z.string(),
  createdAt: z.coerce.date(),
  deliveredAt: z.coerce.date().nullable(),
  revealedAt: z.coerce.date().nullable(),
  expiresAt: z.coerce.date().nullable(),
  batchId: z.string(),
  chain: z.array(ChainEvent),
})
export type DeliveredCdk = z.infer<typeof DeliveredCdk>

/** Where delivered CDKs come from: what the merchant says, and what he has shown for it. */
const DeliveredBatch = z.object({
  id: z.string(),
  kind: z.enum(BatchKind),
  createdAt: z.coerce.date(),
  source: z.enum(BatchSource),
  sourceNote: z.string().nullable(),
  validityDays: z.number().nullable(),
  /** The listing when the codes came in; null for batches from before it was kept. */
  attributes: Attributes.nullable(),
  review: z.enum(BatchReview),
  reviewNote: z.string().nullable(),
  frozenAt: z.coerce.date().nullable(),
  proofs: z.array(Proof),
})
export type DeliveredBatch = z.infer<typeof DeliveredBatch>

const Delivered = {
  cdks: z.array(DeliveredCdk),
  batches: z.array(DeliveredBatch),
  /** Replacements that stock holds now. */
  stock: z.number(),
  /** For the formulas of the ledger. */
  promoMinor: z.number(),
  feeMinor: z.number(),
  refundedUnits: z.number(),
  walletMinor: z.number(),
  /** CDKs of the whole order that the buyer still has. */
  held: z.array(z.string()),
}
const DeliveredFile = z.object(Delivered)
/** What an arbitrator sees besides the case itself: the delivered CDKs with their chains, the batches behind them. */
export type DeliveredFile = z.infer<typeof DeliveredFile>

const ArbitrationFile = z.object({
  ...Delivered,
  ...STANDING,
  appealBy: z.enum(CaseSide).nullable(),
  secondId: z.string().nullable(),
  /** Numbers of the reader's own messages that are in view. */
  ownMessages: z.array(z.number()),
  /** What waits for the second signature. */
  proposal: Proposal.nullable(),
  /** What came of the first ruling, for who rules the appeal. */
  firstRuling: z
    .object({
      units: z.array(z.object({ cdkId: z.string(), result: z.enum(UnitResult), amountMinor: z.number() })),
      compensationMinor: z.number(),
      borneMinor: z.number(),
    })
    .nullable(),
})
export type ArbitrationFile = z.infer<typeof ArbitrationFile>

const COLUMNS: Sql = sql`
  COALESCE((SELECT jsonb_agg(to_jsonb(d) ORDER BY d."cdkId") FROM (
    SELECT k.id AS "cdkId", k."createdAt", k."deliveredAt", k."revealedAt", k."expiresAt", k."batchId", ${chainColumn(sql`k.id`)} AS chain
    FROM complaint_unit n JOIN cdk k ON k."merchantId" = n."merchantId" AND k.id = n."cdkId" WHERE n."complaintId" = x.id) d), '[]'::jsonb) AS cdks,
  COALESCE((SELECT jsonb_agg(to_jsonb(d) ORDER BY d."createdAt", d.id) FROM (
    SELECT b.id, b.kind, b."createdAt", b.source, b."sourceNote", b."validityDays", b.attributes, b.review, b."reviewNote", b."frozenAt",
           ${PROOFS_OF_BATCH}
    FROM stock_batch b WHERE b."merchantId" = x."merchantId" AND b.id IN (
      SELECT k."batchId" FROM complaint_unit n JOIN cdk k ON k."merchantId" = n."merchantId" AND k.id = n."cdkId"
      WHERE n."complaintId" = x.id)) d), '[]'::jsonb) AS batches,
  (SELECT count(*)::int FROM cdk k WHERE k."merchantId" = x."merchantId" AND k."variantId" = o."variantId" AND k.state = 'AVAILABLE') AS stock,
  o."promoMinor", o."feeMinor", o."refundedUnits", o."walletMinor",
  COALESCE((SELECT jsonb_agg(k.id ORDER BY k.id) FROM cdk k
            WHERE k."merchantId" = x."merchantId" AND k."orderId" = o.id AND k.state = 'DELIVERED'), '[]'::jsonb) AS held`
const FROM = sql`complaint x JOIN "order" o ON o."merchantId" = x."merchantId" AND o.id = x."orderId"`

/** One arbitrator's case beyond `findCase`; null for whoever was not given it. One statement. */
export async function findArbitrationFile(
  db: Tx,
  userId: string,
  complaintId: string,
): Promise<ArbitrationFile | null> {
  const [file] = await selectRows(
    db,
    ArbitrationFile,
    sql`
      SELECT ${COLUMNS}, ${standingOf(userId)}, x."appealBy"::text AS "appealBy", x."secondId", x.proposal,
        COALESCE((SELECT jsonb_agg(e.seq) FROM case_entry e WHERE e."complaintId" = x.id AND e.type = 'message'
                  AND e."actorId" = ${userId}::uuid AND e."hiddenAt" IS NULL), '[]'::jsonb) AS "ownMessages",
        (SELECT jsonb_build_object('units', r.units, 'compensationMinor', r."compensationMinor", 'borneMinor', r."borneMinor")
         FROM ruling r WHERE r."complaintId" = x.id AND NOT r.appeal) AS "firstRuling"
      FROM ${FROM} WHERE x.id = ${complaintId}::uuid AND ${assignedTo(userId)}`,
  )
  return file ?? null
}

/** The same without a standing, for operators, who read every case and rule none. */
export async function findDeliveredFile(db: Tx, complaintId: string): Promise<DeliveredFile | null> {
  const [file] = await selectRows(
    db,
    DeliveredFile,
    sql`SELECT ${COLUMNS} FROM ${FROM} WHERE x.id = ${complaintId}::uuid`,
  )
  return file ?? null
}
