import { z } from 'zod'
import type { Actor } from '@/lib/domain/actor'
import { Attributes } from '@/lib/domain/catalog'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { newId } from '@/lib/kernel/ids'
import { pseudonymOf } from './cdk-event-of'
import {
  type DuplicateLine,
  type ImportUnit,
  ROWS_PER_STATEMENT,
  duplicatesAmong,
  findDuplicates,
  requireOwnVariant,
  sortOut,
} from './find-duplicates'
import { recordPairs, toHex } from './known-codes'
import { type SealFor, createSealer, importedDetails } from './seal-units'
import type { SortedOut } from './sort-out-duplicates'
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
  /** Shared delivery: how many buyers each code is for, one CDK each; the code alone is then what makes a unit. */
  readonly seats?: number
}

export interface UnitsReport {
  /** Null when `allOrNothing` took nothing. */
  readonly batchId: string | null
  readonly duplicates: readonly DuplicateLine[]
}

/**
 * Takes a few thousand units into stock as one batch in the caller's transaction, each encrypted, and tells those that were not
 * taken; uploads go through domain/stock-imports. A code that the merchant has already (whatever its state) is a duplicate, one
 * that anybody else has is `known-on-mall` and shown to operators. Of two racing calls with one code the second waits and sees
 * the first's. Refuses `access/not-found` for another merchant's variant.
 */
export async function importUnits(tx: Tx, vault: CdkVault, input: UnitsInput, now: Date): Promise<UnitsReport> {
  const { merchantId, units, leftOut, allOrNothing } = input
  if (allOrNothing && leftOut.faulty > 0) {
    return { batchId: null, duplicates: await findDuplicates(tx, input, units) }
  }
  await requireOwnVariant(tx, merchantId, input.variantId)
  await holdFingerprints(tx, units)
  const sorted = await sortOut(tx, merchantId, units)
  if (sorted.pairs.length > 0) await tx.$executeRaw(recordPairs(merchantId, null, sorted.pairs, now))
  if (!allOrNothing) return store(tx, vault, input, sorted, now)
  if (sorted.verdicts.some((verdict) => verdict !== null)) {
    return { batchId: null, duplicates: duplicatesAmong(units, sorted.verdicts) }
  }
  await tx.$executeRaw`SAVEPOINT import_units`
  const stored = await store(tx, vault, input, sorted, now)
  if (stored.duplicates.length === 0) return stored
  await tx.$executeRaw`ROLLBACK TO SAVEPOINT import_units`
  return { ...stored, batchId: null }
}

/**
 * Makes whoever brings the same codes wait for the other's commit, any merchant: one transaction cannot see another's codes, and
 * this path does not look again afterwards. By the first byte, in order: 256 locks at most and no deadlock among them.
 */
async function holdFingerprints(tx: Tx, units: readonly ImportUnit[]): Promise<void> {
  const groups = [...new Set(units.map(({ fingerprint }) => fingerprint[0] ?? 0))].toSorted((a, b) => a - b)
  await tx.$executeRaw`
    SELECT pg_advisory_xact_lock(hashtext('keybond/fingerprints'), first) FROM unnest(${groups}::int[]) AS first`
}

async function store(tx: Tx, vault: CdkVault, input: UnitsInput, sorted: SortedOut, now: Date): Promise<UnitsReport> {
  const { merchantId, variantId, uploadedById, fileName, units, leftOut, seats = 1 } = input
  const actor: Actor = { kind: 'MERCHANT', id: uploadedById }
  // Held: a promise that changes at this moment is read before or after, and what was stored before moves with it.
  const [promise] = await selectRows(
    tx,
    z.object({ days: z.number(), attributes: Attributes }),
    sql`SELECT COALESCE(v."validityDays", 0) AS days, p.attributes FROM variant v JOIN product p ON p.id = v."productId"
        WHERE v.id = ${variantId}::uuid FOR SHARE OF v`,
  )
  const batchId = newId()
  const { key, wrappedKey, masterKeyVersion } = vault.newBatchKey()
  const attributes = promise?.attributes ?? {}
  const batch = {
    id: batchId,
    merchantId,
    variantId,
    uploadedById,
    fileName,
    wrappedKey,
    masterKeyVersion,
    seats,
    attributes,
  }
  await tx.stockBatch.create({ data: { ...batch, acceptedCount: 0, rejectedCount: 0, createdAt: now } })
  const of = {
    merchantId,
    variantId,
    batchId,
    validityDays: promise?.days ?? 0,
    actorPseudonym: pseudonymOf(actor, batchId),
  }
  const duplicates = duplicatesAmong(units, sorted.verdicts)
  const fresh = units.filter((_, at) => (sorted.verdicts[at] ?? null) === null)
  const most = Math.max(1, Math.floor(ROWS_PER_STATEMENT / seats))
  for (let at = 0; at < fresh.length; at += most) {
    const chunk = fresh.slice(at, at + most)
    const rows = chunk.flatMap((unit) => seatsOf(vault, unit, seats))
    const taken = await insertCdks(tx, vault, key, of, rows, now)
    // A running import of the same merchant was quicker; its chunks wait for nobody.
    for (const { line, fingerprint } of chunk) {
      if (!taken.has(toHex(fingerprint))) duplicates.push({ line, verdict: 'duplicate-in-stock' })
    }
  }
  const acceptedCount = (units.length - duplicates.length) * seats
  const rejectedCount = duplicates.length + leftOut.empty + leftOut.faulty
  await tx.stockBatch.update({ where: { id: batchId }, data: { acceptedCount, rejectedCount } })
  return { batchId, duplicates: duplicates.toSorted((a, b) => a.line - b.line) }
}

/** The first seat has the code's own fingerprint, each other one its own. */
function seatsOf(vault: CdkVault, unit: ImportUnit, seats: number): ImportUnit[] {
  return Array.from({ length: seats }, (_, at) =>
    at === 0 ? unit : { ...unit, fingerprint: vault.fingerprint(unit.secret, at + 1) },
  )
}

async function insertCdks(
  tx: Tx,
  vault: CdkVault,
  key: BatchKey,
  of: SealFor & { readonly variantId: string },
  units: readonly ImportUnit[],
  now: Date,
): Promise<Set<string>> {
  const { merchantId, variantId, batchId, actorPseudonym } = of
  const rows = units.map(createSealer(vault, key, of, now))
  // Arrays, so that the text is the same for every upload: each text is prepared once a connection and kept there, and
  // one that grew with the number of lines would cost the database 5 MB for every size of upload it has ever seen.
  const taken = await selectRows(
    tx,
    z.object({ fingerprint: z.string() }),
    sql`
      WITH fresh AS (
        SELECT *, decode(commitment, 'hex') AS "commitmentBytes", decode("eventHash", 'hex') AS "eventHashBytes" FROM unnest(
          ${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ bucket }) => bucket)}::smallint[],
          ${rows.map(({ ciphertext }) => ciphertext)}::bytea[], ${rows.map(({ fingerprint }) => fingerprint)}::bytea[],
          ${rows.map(({ expiresAt }) => expiresAt)}::timestamptz[], ${rows.map(({ sellBy }) => sellBy)}::timestamptz[],
          ${rows.map(({ costMinor }) => costMinor)}::int[], ${rows.map(({ note }) => note)}::text[],
          ${rows.map(({ salt }) => salt)}::bytea[], ${rows.map(({ commitment }) => commitment)}::text[],
          ${rows.map(({ eventHash }) => eventHash)}::text[])
          AS fresh (id, bucket, ciphertext, fingerprint, "expiresAt", "sellBy", "costMinor", note, salt, commitment, "eventHash")
      ), taken AS (
        INSERT INTO cdk (id, "merchantId", "variantId", "batchId", state, bucket, ciphertext, fingerprint, "expiresAt", "sellBy",
                         "costMinor", note, "eventSeq", "eventAt", "eventHash", "createdAt")
        SELECT id, ${merchantId}::uuid, ${variantId}::uuid, ${batchId}::uuid, 'AVAILABLE'::"CdkState", bucket, ciphertext, fingerprint,
               "expiresAt", "sellBy", "costMinor", note, 0, ${now}, "eventHashBytes", ${now}
        FROM fresh
        ON CONFLICT (fingerprint, "merchantId") DO NOTHING
        RETURNING id, fingerprint
      ), told AS (
        INSERT INTO cdk_event ("merchantId", "cdkId", seq, type, at, "actorPseudonym", commitment, salt, details, hash)
        SELECT ${merchantId}::uuid, fresh.id, 0, 'imported', ${now}, ${actorPseudonym}::text, fresh."commitmentBytes", fresh.salt,
               ${JSON.stringify(importedDetails(batchId))}::jsonb, fresh."eventHashBytes"
        FROM fresh JOIN taken USING (id)
      )
      SELECT encode(fingerprint, 'hex') AS fingerprint FROM taken`,
  )
  return new Set(taken.map(({ fingerprint }) => fingerprint))
}
