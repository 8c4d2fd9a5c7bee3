import { pseudonymOf } from '@/lib/domain/stock'
import type { LeasedImport, NewBatch, SealTarget } from '@/lib/domain/stock-imports'
import { newId } from '@/lib/kernel/ids'
import type { ImporterTools } from './run-import'

/** The batch to fill: one that stands there (begun before, or opened for proofs), else a new one, made with the first codes. */
export async function openBatch(
  { run, vault }: Pick<ImporterTools, 'run' | 'vault'>,
  lease: LeasedImport,
): Promise<{ target: SealTarget; batch: NewBatch }> {
  const { merchantId, variantId, uploadedById, fileName, batchFacts: facts } = lease
  const known =
    lease.batchId === null
      ? null
      : await run((tx) =>
          tx.stockBatch.findFirst({
            where: { merchantId, id: lease.batchId ?? '' },
            select: { id: true, wrappedKey: true, masterKeyVersion: true },
          }),
        )
  const id = known?.id ?? newId()
  const { key, wrappedKey, masterKeyVersion } = known
    ? { ...known, key: vault.openBatchKey(known.wrappedKey, known.masterKeyVersion) }
    : vault.newBatchKey()
  const actorPseudonym = pseudonymOf({ kind: 'MERCHANT', id: uploadedById }, id)
  return {
    target: {
      merchantId,
      variantId,
      batchId: id,
      key,
      seats: facts.seats,
      validityDays: validityOf(lease),
      actorPseudonym,
    },
    batch: {
      id,
      merchantId,
      variantId,
      uploadedById,
      fileName,
      wrappedKey,
      masterKeyVersion,
      facts,
      validityDays: validityOf(lease),
      createdAt: new Date(),
    },
  }
}

/** Days of validity that a CDK must have when it is sold. */
export function validityOf({ validityDays, batchFacts }: LeasedImport): number {
  return Math.max(validityDays ?? 0, batchFacts.validityDays ?? 0)
}
