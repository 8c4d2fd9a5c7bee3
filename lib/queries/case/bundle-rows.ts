import { z } from 'zod'
import { CASE_ENTRIES } from '@/lib/domain/complaints'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { ActorKind } from '@/lib/infra/prisma/enums'
import type { Json } from '@/lib/kernel/canonical-json'

/** What comes out of a jsonb column is JSON. */
const AnyJson = z.custom<Json>((value: unknown) => value !== undefined)
const bytes = z.instanceof(Uint8Array)

const ChainEntry = z.object({
  seq: z.number(),
  type: z.enum(CASE_ENTRIES),
  at: z.date(),
  actorKind: z.enum(ActorKind),
  actorId: z.string().nullable(),
  body: AnyJson,
  salt: bytes,
  commitment: bytes,
  hash: bytes,
  hidden: z.boolean(),
})
export type ChainEntry = z.infer<typeof ChainEntry>

/** All of a case's chain, as it was hashed. */
export async function selectChain(tx: Tx, complaintId: string): Promise<ChainEntry[]> {
  return selectRows(
    tx,
    ChainEntry,
    sql`
      SELECT seq, type, at, "actorKind"::text AS "actorKind", "actorId", body, salt, commitment, hash, "hiddenAt" IS NOT NULL AS hidden
      FROM case_entry WHERE "complaintId" = ${complaintId}::uuid ORDER BY seq`,
  )
}

const Paid = z.object({
  checkoutId: z.string(),
  email: z.string(),
  snapshot: AnyJson,
  unitPriceMinor: z.number(),
  discountMinor: z.number(),
  walletMinor: z.number(),
  /** Whether everything that was captured was for this merchant: then its amount is no other's business. */
  alone: z.boolean(),
  payments: z.array(
    z.object({
      provider: z.string(),
      reference: z.string(),
      amountMinor: z.number(),
      currency: z.string(),
      use: z.string(),
      at: z.coerce.date(),
    }),
  ),
})

/** How an order was paid: its checkout's captures, the one that counted first. */
export async function selectPaid(tx: Tx, orderId: string): Promise<z.infer<typeof Paid>> {
  const [row] = await selectRows(
    tx,
    Paid,
    sql`
      SELECT o."checkoutId", c.email, o.snapshot, o."unitPriceMinor", o."discountMinor", o."walletMinor",
             NOT EXISTS (SELECT FROM "order" x WHERE x."checkoutId" = c.id AND x."merchantId" <> o."merchantId") AS alone,
             COALESCE((SELECT jsonb_agg(jsonb_build_object('provider', p.provider, 'reference', p."captureRef", 'amountMinor', p."amountMinor",
                                                           'currency', p.currency, 'use', p.use, 'at', p."capturedAt")
                                        ORDER BY (p.id = c."paidPaymentId") DESC, p."capturedAt", p.id)
                       FROM payment p WHERE p."checkoutId" = c.id), '[]'::jsonb) AS payments
      FROM "order" o JOIN checkout c ON c.id = o."checkoutId" WHERE o.id = ${orderId}::uuid`,
  )
  if (!row) throw new Error(`order ${orderId} is gone`)
  return row
}

const Original = z.object({
  id: z.string(),
  side: z.string(),
  kind: z.string(),
  fileName: z.string(),
  byteCount: z.number(),
  sha256: bytes,
  readyAt: z.date(),
  wrappedKey: bytes,
  masterKeyVersion: z.number(),
  parts: z.array(z.object({ offset: z.number(), byteCount: z.number(), fileKey: z.string() })),
})
export type Original = z.infer<typeof Original>

/** The files of a case in the order they came, with where their bytes lie. */
export async function selectOriginals(tx: Tx, complaintId: string): Promise<Original[]> {
  return selectRows(
    tx,
    Original,
    sql`
      SELECT f.id, f.side::text AS side, f.kind, f."fileName", f."byteCount", f.sha256, f."readyAt", f."wrappedKey", f."masterKeyVersion",
             COALESCE((SELECT jsonb_agg(jsonb_build_object('offset', p."offset", 'byteCount', p."byteCount", 'fileKey', p."fileKey") ORDER BY p."offset")
                       FROM evidence_part p WHERE p."fileId" = f.id), '[]'::jsonb) AS parts
      FROM evidence_file f WHERE f."complaintId" = ${complaintId}::uuid AND f.state = 'READY' ORDER BY f."readyAt", f.id`,
  )
}
