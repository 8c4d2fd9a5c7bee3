import { z } from 'zod'
import { sql } from '@/lib/domain/tx'
import { BatchKind, BatchReview, BatchSource, CdkState } from '@/lib/infra/prisma/enums'

/** A proof without its bytes: those come by /api/proofs/<id>, to whom they may be shown. */
export const Proof = z.object({
  id: z.string(),
  fileName: z.string(),
  contentType: z.string(),
  byteCount: z.number(),
  /** Hex. */
  sha256: z.string(),
  createdAt: z.coerce.date(),
})
export type BatchProof = z.infer<typeof Proof>

/** What both faces show of a batch. */
export const BATCH_SHOWN = {
  id: z.string(),
  variantId: z.string(),
  productId: z.string(),
  titleZh: z.string(),
  titleEn: z.string().nullable(),
  nameZh: z.string(),
  nameEn: z.string().nullable(),
  currency: z.string(),
  kind: z.enum(BatchKind),
  fileName: z.string().nullable(),
  createdAt: z.date(),
  uploadedBy: z.string().nullable(),
  acceptedCount: z.number(),
  rejectedCount: z.number(),
  seats: z.number(),
  source: z.enum(BatchSource),
  sourceNote: z.string().nullable(),
  costMinor: z.number().nullable(),
  validityDays: z.number().nullable(),
  /** The listing's own promise, in days. */
  promisedDays: z.number().nullable(),
  requiresProof: z.boolean(),
  review: z.enum(BatchReview),
  reviewedAt: z.date().nullable(),
  reviewNote: z.string().nullable(),
  retiredAt: z.date().nullable(),
  frozenAt: z.date().nullable(),
  frozenReason: z.string().nullable(),
  /** While something follows from a freeze or retirement. */
  dueAt: z.date().nullable(),
  /** An import that has not ended writes the facts. */
  importId: z.string().nullable(),
  states: z.array(z.object({ state: z.enum(CdkState), count: z.number() })),
  proofs: z.array(Proof),
}

export const PROOFS_OF_BATCH = sql`
  COALESCE((SELECT jsonb_agg(jsonb_build_object('id', f.id, 'fileName', f."fileName", 'contentType', f."contentType", 'byteCount', f."byteCount",
                      'sha256', encode(f.sha256, 'hex'), 'createdAt', f."createdAt") ORDER BY f.id)
            FROM batch_proof f WHERE f."batchId" = b.id), '[]'::jsonb) AS proofs`

/** The columns of BATCH_SHOWN; counts by state read every CDK of the batch. */
export const BATCH_COLUMNS = sql`
  b.id, b."variantId", v."productId", p."titleZh", p."titleEn", v."nameZh", v."nameEn", v.currency, b.kind::text AS kind, b."fileName", b."createdAt",
  u."displayName" AS "uploadedBy", b."acceptedCount", b."rejectedCount", b.seats, b.source::text AS source, b."sourceNote", b."costMinor",
  b."validityDays", v."validityDays" AS "promisedDays", g."requiresProof", b.review::text AS review, b."reviewedAt", b."reviewNote", b."retiredAt",
  b."frozenAt", b."frozenReason", b."dueAt",
  (SELECT i.id FROM stock_import i WHERE i."merchantId" = b."merchantId" AND i."batchId" = b.id AND i."finishedAt" IS NULL LIMIT 1) AS "importId",
  COALESCE((SELECT jsonb_agg(to_jsonb(s) ORDER BY s.state) FROM (
              SELECT c.state, count(*)::int AS count FROM cdk c WHERE c."batchId" = b.id GROUP BY c.state) s), '[]'::jsonb) AS states,
  ${PROOFS_OF_BATCH}`

export const BATCH_FROM = sql`stock_batch b
  JOIN variant v ON v."merchantId" = b."merchantId" AND v.id = b."variantId"
  JOIN product p ON p."merchantId" = v."merchantId" AND p.id = v."productId"
  JOIN category g ON g.id = p."categoryId"
  LEFT JOIN "user" u ON u.id = b."uploadedById"`
