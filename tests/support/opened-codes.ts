import type { CdkVault } from '@/lib/domain/stock'
import type { Db } from '@/lib/infra/db'

/** The plaintext of every CDK of a database, for tests that look where it must not be. */
export async function openedCodes(db: Db, vault: CdkVault): Promise<string[]> {
  const batches = await db.stockBatch.findMany({ include: { cdks: true } })
  return batches.flatMap(({ wrappedKey, masterKeyVersion, cdks }) => {
    const key = vault.openBatchKey(wrappedKey, masterKeyVersion)
    return cdks.map(({ id, merchantId, ciphertext }) => vault.open(key, { merchantId, cdkId: id }, ciphertext))
  })
}
