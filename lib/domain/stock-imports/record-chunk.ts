import { z } from 'zod'
import { KnownCode, knownCodes, recordPairs, sortOutDuplicates } from '@/lib/domain/stock'
import { sql } from '@/lib/domain/tx'
import { canonicalJson } from '@/lib/kernel/canonical-json'
import { invariant } from '@/lib/kernel/invariant'
import { after } from '@/lib/kernel/time'
import type { BulkTx } from './bulk-tx'
import { CopyRows, fieldOf } from './copy-rows'
import type { ImportCounts } from './import-facts'
import { LEASE_MS } from './lease-import'
import { LeaseLost } from './lease-lost'
import type { Lease } from './renew-lease'
import { COPY_CDKS, COPY_EVENTS, type SealedChunk, type SeatedUnit } from './seal-chunk'
import { type NewBatch, countIntoBatch, holdPromise, makeBatch } from './save-batch'

const COPY_REJECTIONS = `COPY import_rejection ("merchantId", "importId", line, verdict, "column") FROM STDIN (FORMAT binary)`

export interface FaultyLine {
  readonly line: number
  readonly verdict: string
  /** 0-based; null when no single column is at fault. */
  readonly column: number | null
}

/** Some thousand lines of an upload, judged by themselves. */
export interface Chunk {
  /** Lines (rows of the file) before it, and with it. */
  readonly from: number
  readonly to: number
  /** Bytes of the upload read so far. */
  readonly bytesDone: number
  readonly faulty: readonly FaultyLine[]
  readonly units: readonly SeatedUnit[]
  /** By place: whether an earlier line of the file (very probably) had the code. */
  readonly twice: readonly boolean[]
  /** What to store of the units; null in a check. */
  readonly sealed: SealedChunk | null
  /** A dry run leaves nothing behind that anybody else sees. */
  readonly dryRun: boolean
}

export interface ChunkTaken {
  /** Of the whole import so far. */
  readonly counts: ImportCounts
  /** Lines whose codes were taken. */
  readonly accepted: number
  readonly cancelAsked: boolean
}

/**
 * Records one chunk in one transaction: verdicts, CDKs with their first events, counts and the place to go on from. The row of the
 * import is held from the beginning, and must be ours and stand where this chunk begins: whoever lost the lease gets LeaseLost,
 * so no chunk is recorded twice or left out. Codes that others brought are refused and told (`fingerprint_pair`). A code
 * that was committed between look-up and COPY ends in CopyConflict: record the chunk again.
 */
export async function recordChunk(
  tx: BulkTx,
  lease: Lease,
  chunk: Chunk,
  batch: NewBatch | null,
  now: Date,
): Promise<ChunkTaken> {
  const { merchantId, id: importId } = lease
  const { counts: before, cancelAsked } = await hold(tx, lease, chunk)
  if (cancelAsked) return { counts: before, accepted: 0, cancelAsked }
  const { verdicts, pairs } = await judge(tx, merchantId, chunk)
  const rejected: FaultyLine[] = [...chunk.faulty]
  for (const [at, verdict] of verdicts.entries()) {
    const line = chunk.units[at]?.line ?? 0
    if (verdict !== null) rejected.push({ line, verdict, column: null })
  }
  const accepted = chunk.units.length + chunk.faulty.length - rejected.length
  const counts: Record<string, number> = { ...before, accepted: (before['accepted'] ?? 0) + accepted }
  for (const { verdict } of rejected) counts[verdict] = (counts[verdict] ?? 0) + 1

  if (chunk.sealed && batch)
    await take(tx, chunk.sealed, verdicts, batch, { accepted, rejected: rejected.length, counts }, now)
  if (pairs.length > 0 && !chunk.dryRun) await tx.change(recordPairs(merchantId, importId, pairs, now))
  if (rejected.length > 0) await tx.copy(COPY_REJECTIONS, rejectionRows(lease, rejected).pieces())
  const batchId = chunk.sealed && batch && (counts['accepted'] ?? 0) > 0 ? batch.id : null
  await tx.change(sql`
    UPDATE stock_import SET "linesDone" = ${chunk.to}::int, "bytesDone" = ${chunk.bytesDone}::bigint, counts = ${canonicalJson(counts)}::jsonb,
      "batchId" = COALESCE(${batchId}::uuid, "batchId"), "leaseUntil" = ${after(now, LEASE_MS)}::timestamptz
    WHERE id = ${importId}::uuid`)
  return { counts, accepted, cancelAsked: false }
}

const Held = z.object({ counts: z.record(z.string(), z.number()), cancelAsked: z.boolean() })

async function hold(tx: BulkTx, { id, merchantId, leaseId }: Lease, { from }: Chunk): Promise<z.infer<typeof Held>> {
  const [held] = await tx.select(
    Held,
    sql`SELECT counts, "cancelAskedAt" IS NOT NULL AS "cancelAsked" FROM stock_import
        WHERE id = ${id}::uuid AND "merchantId" = ${merchantId}::uuid AND "leaseId" = ${leaseId}::uuid
          AND "linesDone" = ${from}::int AND state IN ('CHECKING', 'RUNNING') FOR UPDATE`,
  )
  if (!held) throw new LeaseLost()
  return held
}

async function judge(tx: BulkTx, merchantId: string, { units, twice, sealed }: Chunk) {
  const mayRepeat = twice.includes(true)
  // The planner knows a growing table from before it grew, and would rather read all of it.
  await tx.select(z.unknown(), sql`SELECT set_config('enable_seqscan', 'off', true)`)
  const fingerprints = units.map(({ fingerprint }) => fingerprint)
  const known = units.length === 0 ? [] : await tx.select(KnownCode, knownCodes(merchantId, fingerprints))
  const sorted = sortOutDuplicates(merchantId, units, known, { mayRepeat, sawBefore: (at) => twice[at] ?? false })
  if (sealed) return sorted
  // A check stores nothing to compare with: what was very probably there before counts as twice.
  const verdicts = sorted.verdicts.map((verdict, at) => (twice[at] ? 'duplicate-in-file' : verdict))
  return { ...sorted, verdicts }
}

async function take(
  tx: BulkTx,
  { cdks, events }: SealedChunk,
  verdicts: readonly (string | null)[],
  batch: NewBatch,
  lines: { readonly accepted: number; readonly rejected: number; readonly counts: ImportCounts },
  now: Date,
): Promise<void> {
  if (lines.accepted > 0) {
    const { seats } = batch.facts
    invariant(cdks.length === verdicts.length * seats, 'every unit was sealed, for every seat')
    const keep =
      lines.accepted === verdicts.length ? undefined : (row: number) => verdicts[Math.floor(row / seats)] === null
    await makeBatch(tx, batch)
    await tx.copy(COPY_CDKS, cdks.pieces(keep))
    await tx.copy(COPY_EVENTS, events.pieces(keep))
    await holdPromise(tx, batch)
  }
  if ((lines.counts['accepted'] ?? 0) > 0) await countIntoBatch(tx, batch, lines, now)
}

function rejectionRows({ merchantId, id }: Lease, rejected: readonly FaultyLine[]): CopyRows {
  const uuid = (value: string) => fieldOf((rows) => rows.hex(value.replaceAll('-', '')))
  const rows = new CopyRows(rejected.length * 80)
  rows.restart(5, [uuid(merchantId), uuid(id)])
  for (const { line, verdict, column } of rejected) {
    rows.beginRow()
    rows.int4(line)
    rows.text(verdict)
    rows.int4(column)
    rows.endRow()
  }
  return rows
}
