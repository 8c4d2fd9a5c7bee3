import { z } from 'zod'
import type { Actor } from '@/lib/domain/actor'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { newId } from '@/lib/kernel/ids'
import { pseudonymOf } from './cdk-event-of'
import {
  type DuplicateLine,
  type ImportUnit,
  ROWS_PER_STATEMENT,
  findDuplicates,
  requireOwnVariant,
  splitRepeated,
} from './find-duplicates'
import { type SealFor, importedDetails, sealUnit } from './seal-units'
import type { BatchKey, CdkVault } from './vault'

export interface UnitsInput {
  readonly merchantId: string
  readonly variantId: string
  readonly uploadedById: string
  readonly fileName: string | null
  readonly units: readonly ImportUnit[]
  /** Lines that are none of `units`. Empty ones stand in the way of nothing. */
  readonly leftOut: { readonly empty: number; readonly faulty: number }
  /** Takes nothing when a single line is faulty or a duplicate. */
  readonly allOrNothing: boolean
}

export interface UnitsReport {
  /** Null when `allOrNothing` took nothing. */
  readonly batchId: string | null
  readonly duplicates: readonly DuplicateLine[]
}

/**
 * Takes units into stock as one batch, each encrypted, and tells those that were not taken. Safe to send twice: a code
 * that the merchant has already (whatever its state) is a duplicate; of two racing uploads of one code the unique index
 * lets one in. Refuses `access/not-found` for another merchant's variant.
 */
export async function importUnits(tx: Tx, vault: CdkVault, input: UnitsInput, now: Date): Promise<UnitsReport> {
  const { units, leftOut, allOrNothing } = input
  if (allOrNothing && leftOut.faulty > 0) {
    return { batchId: null, duplicates: await findDuplicates(tx, input, units) }
  }
  await requireOwnVariant(tx, input.merchantId, input.variantId)
  if (!allOrNothing) return store(tx, vault, input, now)
  await tx.$executeRaw`SAVEPOINT import_units`
  const stored = await store(tx, vault, input, now)
  if (stored.duplicates.length === 0) return stored
  await tx.$executeRaw`ROLLBACK TO SAVEPOINT import_units`
  return { ...stored, batchId: null }
}

async function store(tx: Tx, vault: CdkVault, input: UnitsInput, now: Date): Promise<UnitsReport> {
  const { merchantId, variantId, uploadedById, fileName, units, leftOut } = input
  const actor: Actor = { kind: 'MERCHANT', id: uploadedById }
  const { validityDays: promised } = await tx.variant.findUniqueOrThrow({
    where: { id: variantId },
    select: { validityDays: true },
  })
  const validityDays = promised ?? 0
  const batchId = newId()
  const { key, wrappedKey, masterKeyVersion } = vault.newBatchKey()
  const batch = { id: batchId, merchantId, variantId, uploadedById, fileName, wrappedKey, masterKeyVersion }
  await tx.stockBatch.create({ data: { ...batch, acceptedCount: 0, rejectedCount: 0, createdAt: now } })
  const actorPseudonym = pseudonymOf(actor, batchId)
  const { fresh, repeated } = splitRepeated(units)
  const duplicates = [...repeated]
  const candidates = [...fresh]
  for (let at = 0; at < candidates.length; at += ROWS_PER_STATEMENT) {
    const chunk = candidates.slice(at, at + ROWS_PER_STATEMENT)
    const of = { merchantId, variantId, batchId, validityDays, actorPseudonym }
    const taken = await insertCdks(tx, vault, key, of, chunk, now)
    for (const [hex, { line }] of chunk) if (!taken.has(hex)) duplicates.push({ line, verdict: 'duplicate-in-stock' })
  }
  const acceptedCount = units.length - duplicates.length
  const rejectedCount = duplicates.length + leftOut.empty + leftOut.faulty
  await tx.stockBatch.update({ where: { id: batchId }, data: { acceptedCount, rejectedCount } })
  return { batchId, duplicates: duplicates.toSorted((a, b) => a.line - b.line) }
}

async function insertCdks(
  tx: Tx,
  vault: CdkVault,
  key: BatchKey,
  of: SealFor & { readonly variantId: string },
  units: readonly (readonly [hex: string, unit: ImportUnit])[],
  now: Date,
): Promise<Set<string>> {
  const { merchantId, variantId, batchId, actorPseudonym } = of
  const rows = units.map(([, unit]) => sealUnit(vault, key, of, unit, now))
  // Arrays, so that the text is the same for every upload: each text is prepared once a connection and kept there, and
  // one that grew with the number of lines would cost the database 5 MB for every size of upload it has ever seen.
  const taken = await selectRows(
    tx,
    z.object({ fingerprint: z.string() }),
    sql`
      WITH fresh AS (
        SELECT * FROM unnest(
          ${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ bucket }) => bucket)}::smallint[],
          ${rows.map(({ ciphertext }) => ciphertext)}::bytea[], ${rows.map(({ fingerprint }) => fingerprint)}::bytea[],
          ${rows.map(({ expiresAt }) => expiresAt)}::timestamptz[], ${rows.map(({ sellBy }) => sellBy)}::timestamptz[],
          ${rows.map(({ costMinor }) => costMinor)}::int[], ${rows.map(({ note }) => note)}::text[],
          ${rows.map(({ salt }) => salt)}::bytea[], ${rows.map(({ commitment }) => commitment)}::bytea[],
          ${rows.map(({ eventHash }) => eventHash)}::bytea[])
          AS fresh (id, bucket, ciphertext, fingerprint, "expiresAt", "sellBy", "costMinor", note, salt, commitment, "eventHash")
      ), taken AS (
        INSERT INTO cdk (id, "merchantId", "variantId", "batchId", state, bucket, ciphertext, fingerprint, "expiresAt", "sellBy",
                         "costMinor", note, "eventSeq", "eventAt", "eventHash", "createdAt")
        SELECT id, ${merchantId}::uuid, ${variantId}::uuid, ${batchId}::uuid, 'AVAILABLE'::"CdkState", bucket, ciphertext, fingerprint,
               "expiresAt", "sellBy", "costMinor", note, 0, ${now}, "eventHash", ${now}
        FROM fresh
        ON CONFLICT (fingerprint, "merchantId") DO NOTHING
        RETURNING id, fingerprint
      ), told AS (
        INSERT INTO cdk_event ("merchantId", "cdkId", seq, type, at, "actorPseudonym", commitment, salt, details, hash)
        SELECT ${merchantId}::uuid, fresh.id, 0, 'imported', ${now}, ${actorPseudonym}::text, fresh.commitment, fresh.salt,
               ${JSON.stringify(importedDetails(batchId))}::jsonb, fresh."eventHash"
        FROM fresh JOIN taken USING (id)
      )
      SELECT encode(fingerprint, 'hex') AS fingerprint FROM taken`,
  )
  return new Set(taken.map(({ fingerprint }) => fingerprint))
}
