import { randomInt } from 'node:crypto'
import { z } from 'zod'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { newId } from '@/lib/kernel/ids'
import { Refusal } from '@/lib/kernel/refusal'
import { BUCKETS } from './buckets'
import { type LineVerdict, MAX_CDK_LENGTH, MAX_IMPORT_LINES, readLines } from './read-lines'
import type { BatchKey, CdkVault } from './vault'

const ROWS_PER_STATEMENT = 2_000

export interface ImportInput {
  readonly merchantId: string
  readonly variantId: string
  readonly uploadedById: string
  readonly fileName: string | null
  readonly text: string
}

export interface ImportReport {
  readonly batchId: string
  readonly counts: Readonly<Record<LineVerdict, number>>
  /** Lines that were not taken, by number; never their text. */
  readonly rejected: readonly { readonly line: number; readonly verdict: Exclude<LineVerdict, 'accepted'> }[]
}

/**
 * Takes an upload of CDKs into stock, encrypted, one per line, and reports on every line. Safe to send twice: a code
 * that the merchant has already (whatever its state) is rejected as a duplicate; of two racing uploads of one code the
 * unique index lets one in. Refuses `access/not-found` for another merchant's variant, `stock/nothing-to-import`,
 * `stock/too-many-lines`.
 */
export async function importCdks(tx: Tx, vault: CdkVault, input: ImportInput, now: Date): Promise<ImportReport> {
  const lines = readLines(input.text)
  if (lines.length === 0) throw new Refusal('stock/nothing-to-import')
  if (lines.length > MAX_IMPORT_LINES) throw new Refusal('stock/too-many-lines', { most: MAX_IMPORT_LINES })
  const owned = await tx.variant.count({ where: { id: input.variantId, merchantId: input.merchantId } })
  if (owned === 0) throw new Refusal('access/not-found')

  const verdicts = new Map<number, LineVerdict>()
  const fresh = new Map<string, { line: number; code: string; fingerprint: Uint8Array<ArrayBuffer> }>()
  for (const { line, code } of lines) {
    if (code === '') verdicts.set(line, 'empty')
    else if (code.length > MAX_CDK_LENGTH) verdicts.set(line, 'too-long')
    else {
      const fingerprint = vault.fingerprint(code)
      const hex = Buffer.from(fingerprint).toString('hex')
      if (fresh.has(hex)) verdicts.set(line, 'duplicate-in-file')
      else fresh.set(hex, { line, code, fingerprint })
    }
  }
  const batchId = newId()
  const { key, wrappedKey, masterKeyVersion } = vault.newBatchKey()
  const { merchantId, variantId, uploadedById, fileName } = input
  await tx.stockBatch.create({
    data: {
      id: batchId,
      merchantId,
      variantId,
      uploadedById,
      fileName,
      wrappedKey,
      masterKeyVersion,
      acceptedCount: 0,
      rejectedCount: 0,
      createdAt: now,
    },
  })
  const candidates = [...fresh]
  for (let at = 0; at < candidates.length; at += ROWS_PER_STATEMENT) {
    const chunk = candidates.slice(at, at + ROWS_PER_STATEMENT)
    const taken = await insertCdks(
      tx,
      vault,
      key,
      { merchantId, variantId, batchId },
      chunk.map(([, cdk]) => cdk),
      now,
    )
    for (const [hex, { line }] of chunk) verdicts.set(line, taken.has(hex) ? 'accepted' : 'duplicate-in-stock')
  }
  const report = reportOf(batchId, lines.length, verdicts)
  await tx.stockBatch.update({
    where: { id: batchId },
    data: { acceptedCount: report.counts.accepted, rejectedCount: report.rejected.length },
  })
  return report
}

async function insertCdks(
  tx: Tx,
  vault: CdkVault,
  key: BatchKey,
  of: { readonly merchantId: string; readonly variantId: string; readonly batchId: string },
  cdks: readonly { readonly code: string; readonly fingerprint: Uint8Array<ArrayBuffer> }[],
  now: Date,
): Promise<Set<string>> {
  const rows = cdks.map(({ code, fingerprint }) => {
    const id = newId()
    const ciphertext = vault.seal(key, { merchantId: of.merchantId, cdkId: id }, code)
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

function reportOf(batchId: string, total: number, verdicts: ReadonlyMap<number, LineVerdict>): ImportReport {
  const counts = { accepted: 0, empty: 0, 'too-long': 0, 'duplicate-in-file': 0, 'duplicate-in-stock': 0 }
  const rejected: ImportReport['rejected'][number][] = []
  for (let line = 1; line <= total; line++) {
    const verdict = verdicts.get(line) ?? 'empty'
    counts[verdict] += 1
    if (verdict !== 'accepted') rejected.push({ line, verdict })
  }
  return { batchId, counts, rejected }
}
