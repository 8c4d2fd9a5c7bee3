import { type Tx, sql } from '@/lib/domain/tx'
import { Refusal } from '@/lib/kernel/refusal'
import { BatchFacts } from './import-facts'
import { requireFactsFit } from './require-facts-fit'
import { requireProof } from './require-proof'

/**
 * Lets an import that was checked go ahead as it was chosen (CHECKED -> QUEUED). Everything is judged again: the check
 * promised nothing. Refuses `access/not-found`, `import/not-waiting`, and what `requireFactsFit` and `requireProof` refuse.
 */
export async function startImport(
  tx: Tx,
  { merchantId, importId }: { readonly merchantId: string; readonly importId: string },
): Promise<void> {
  const found = await tx.stockImport.findFirst({ where: { merchantId, id: importId }, select: { batchFacts: true } })
  if (!found) throw new Refusal('access/not-found')
  await requireFactsFit(tx, merchantId, importId, BatchFacts.parse(found.batchFacts))
  await requireProof(tx, merchantId, importId)
  // A promise of validity that changes at this moment (`changeValidity`) comes before, and is read, or sees this import and waits.
  await tx.$executeRaw(sql`
    SELECT 1 FROM variant WHERE id = (SELECT "variantId" FROM stock_import WHERE id = ${importId}::uuid) FOR SHARE`)
  const { count } = await tx.stockImport.updateMany({
    where: { merchantId, id: importId, state: 'CHECKED', fileKey: { not: null } },
    data: { state: 'QUEUED', linesTotal: null, linesDone: 0, bytesDone: 0, counts: {}, startedAt: null },
  })
  if (count === 0) throw new Refusal('import/not-waiting')
  await tx.importRejection.deleteMany({ where: { merchantId, importId } })
}
