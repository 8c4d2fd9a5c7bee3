import { randomInt } from 'node:crypto'
import { z } from 'zod'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { newId } from '@/lib/kernel/ids'
import { BUCKETS } from './buckets'
import {
  type DuplicateLine,
  type ImportUnit,
  ROWS_PER_STATEMENT,
  findDuplicates,
  requireOwnVariant,
  splitRepeated,
} from './find-duplicates'
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
  const batchId = newId()
  const { key, wrappedKey, masterKeyVersion } = vault.newBatchKey()
  const batch = { id: batchId, merchantId, variantId, uploadedById, fileName, wrappedKey, masterKeyVersion }
  await tx.stockBatch.create({ data: { ...batch, acceptedCount: 0, rejectedCount: 0, createdAt: now } })
  const { fresh, repeated } = splitRepeated(units)
  const duplicates = [...repeated]
  const candidates = [...fresh]
  for (let at = 0; at < candidates.length; at += ROWS_PER_STATEMENT) {
    const chunk = candidates.slice(at, at + ROWS_PER_STATEMENT)
    const of = { merchantId, variantId, batchId }
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
  of: { readonly merchantId: string; readonly variantId: string; readonly batchId: string },
  units: readonly (readonly [hex: string, unit: ImportUnit])[],
  now: Date,
): Promise<Set<string>> {
  const rows = units.map(([, { secret, fingerprint }]) => {
    const id = newId()
    const ciphertext = vault.seal(key, { merchantId: of.merchantId, cdkId: id }, secret)
    return { id, bucket: randomInt(BUCKETS), ciphertext, fingerprint }
  })
  // Arrays, so that the text is the same for every upload: each text is prepared once a connection and kept there, and
  // one that grew with the number of lines would cost the database 5 MB for every size of upload it has ever seen.
  const taken = await selectRows(
    tx,
    z.object({ fingerprint: z.string() }),
    sql`
      INSERT INTO cdk (id, "merchantId", "variantId", "batchId", state, bucket, ciphertext, fingerprint, "createdAt")
      SELECT fresh.id, ${of.merchantId}::uuid, ${of.variantId}::uuid, ${of.batchId}::uuid, 'AVAILABLE'::"CdkState",
             fresh.bucket, fresh.ciphertext, fresh.fingerprint, ${now}
      FROM unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ bucket }) => bucket)}::smallint[],
                  ${rows.map(({ ciphertext }) => ciphertext)}::bytea[], ${rows.map(({ fingerprint }) => fingerprint)}::bytea[])
        AS fresh (id, bucket, ciphertext, fingerprint)
      ON CONFLICT ("merchantId", fingerprint) DO NOTHING
      RETURNING encode(fingerprint, 'hex') AS fingerprint`,
  )
  return new Set(taken.map(({ fingerprint }) => fingerprint))
}
