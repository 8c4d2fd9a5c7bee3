import { z } from 'zod'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import type { BatchKey, CdkVault } from './vault'

const Row = z.object({
  id: z.string(),
  batchId: z.string(),
  ciphertext: z.instanceof(Uint8Array),
  wrappedKey: z.instanceof(Uint8Array),
  masterKeyVersion: z.number(),
  revealedAt: z.date(),
})

export interface OpenedCdk {
  readonly id: string
  readonly code: string
  /** When it was first looked at; this look, if it is the first. */
  readonly revealedAt: Date
}

/**
 * Plaintext of an order's delivered CDKs (all, or the one named), recording the first look. The order of the list is
 * that of the CDKs' ids and stays the same. The caller has checked who asks and writes the event.
 */
export async function openCdks(
  tx: Tx,
  vault: CdkVault,
  of: { readonly merchantId: string; readonly orderId: string; readonly cdkId?: string },
  now: Date,
): Promise<OpenedCdk[]> {
  const rows = await selectRows(
    tx,
    Row,
    sql`
      UPDATE cdk c SET "revealedAt" = COALESCE(c."revealedAt", ${now})
      FROM stock_batch b
      WHERE c."merchantId" = ${of.merchantId}::uuid AND c."orderId" = ${of.orderId}::uuid AND c.state = 'DELIVERED'
        AND (${of.cdkId ?? null}::uuid IS NULL OR c.id = ${of.cdkId ?? null}::uuid)
        AND b."merchantId" = c."merchantId" AND b.id = c."batchId"
      RETURNING c.id, c."batchId", c.ciphertext, b."wrappedKey", b."masterKeyVersion", c."revealedAt"`,
  )
  const keys = new Map<string, BatchKey>()
  return rows
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ id, batchId, ciphertext, wrappedKey, masterKeyVersion, revealedAt }) => {
      const key = keys.get(batchId) ?? vault.openBatchKey(wrappedKey, masterKeyVersion)
      keys.set(batchId, key)
      return { id, code: vault.open(key, { merchantId: of.merchantId, cdkId: id }, ciphertext), revealedAt }
    })
}
