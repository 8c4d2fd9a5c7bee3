import type { Actor } from '@/lib/domain/actor'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { invariant } from '@/lib/kernel/invariant'
import { z } from 'zod'
import { changeCdks } from './change-cdks'
import { type ChangedPart, type ChosenPart, nextChosen, partDone } from './chosen-cdks'
import { exportMark } from './export-mark'
import type { CdkVault } from './vault'

/** CDKs of one transaction: their plaintext is in memory until it is sent. */
export const EXPORTED_PER_PART = 2_000

/**
 * Takes the next part of an export out of sale and writes it down with its marks; `readExport` reads the plaintext. A code that left the vault cannot
 * be vouched for, so it is never sold again. What is just being reserved or moved is passed over, and so are frozen batches: a CDK is
 * either sold or exported, never both. Guarded by the rows: called again after a crash it goes on with what is left.
 */
export async function exportCdks(
  tx: Tx,
  vault: CdkVault,
  part: ChosenPart & { readonly exportId: string },
  actor: Actor,
  now: Date,
): Promise<ChangedPart> {
  const { merchantId, exportId } = part
  const ids = await nextChosen(tx, part, sql`c.state = 'AVAILABLE'`, now, EXPORTED_PER_PART)
  const taken = await selectRows(
    tx,
    z.object({ cdkId: z.string() }),
    sql`
      INSERT INTO stock_export_unit ("cdkId", "merchantId", "exportId", mark)
      SELECT c.id, c."merchantId", ${exportId}::uuid, p.mark
      FROM unnest(${[...ids]}::uuid[], ${ids.map((id) => exportMark(vault, exportId, id))}::text[]) AS p (id, mark)
      JOIN cdk c ON c.id = p.id
      JOIN (SELECT id FROM stock_batch WHERE "merchantId" = ${merchantId}::uuid AND "frozenAt" IS NULL
              AND id IN (SELECT c."batchId" FROM cdk c WHERE c.id = ANY (${[...ids]}::uuid[])) FOR SHARE) b ON b.id = c."batchId"
      WHERE c."merchantId" = ${merchantId}::uuid AND c.state = 'AVAILABLE' FOR UPDATE OF c SKIP LOCKED
      RETURNING "cdkId"`,
  )
  const count = await changeCdks(
    tx,
    {
      set: sql`state = 'RETIRED'`,
      where: sql`c."merchantId" = ${merchantId}::uuid AND c.id = ANY (${taken.map(({ cdkId }) => cdkId)}::uuid[]) AND c.state = 'AVAILABLE'`,
    },
    { type: 'exported', actor, scopeId: exportId, details: { exportId }, now },
  )
  invariant(count === taken.length, `export ${exportId} took ${taken.length} CDKs and changed ${count}`)
  return partDone(ids, count, EXPORTED_PER_PART)
}
