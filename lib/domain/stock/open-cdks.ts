import { z } from 'zod'
import type { Actor } from '@/lib/domain/actor'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { batchesOf } from './batches-of'
import { changeCdks } from './change-cdks'
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
 * Plaintext of an order's delivered CDKs (all, or the one named), recording the first look at each. The order of the list is
 * that of the CDKs' ids and stays the same. CDKs of a frozen batch are not opened; at a first look their batches are held, so a freeze
 * at the same moment comes before or after. The caller holds the order's row, has checked who asks and writes the order's event.
 */
export async function openCdks(
  tx: Tx,
  vault: CdkVault,
  of: { readonly merchantId: string; readonly orderId: string; readonly cdkId?: string },
  actor: Actor,
  now: Date,
): Promise<OpenedCdk[]> {
  const { merchantId, orderId } = of
  const wanted = sql`c."merchantId" = ${merchantId}::uuid AND c."orderId" = ${orderId}::uuid AND c.state = 'DELIVERED'
    AND (${of.cdkId ?? null}::uuid IS NULL OR c.id = ${of.cdkId ?? null}::uuid)
    AND b.id = c."batchId" AND b."frozenAt" IS NULL`
  await changeCdks(
    tx,
    {
      set: sql`"revealedAt" = ${now}`,
      from: batchesOf(merchantId, orderId),
      where: sql`${wanted} AND c."revealedAt" IS NULL`,
    },
    { type: 'revealed', actor, scopeId: orderId, details: { orderId }, now },
  )
  const rows = await selectRows(
    tx,
    Row,
    sql`SELECT c.id, c."batchId", c.ciphertext, b."wrappedKey", b."masterKeyVersion", c."revealedAt"
        FROM cdk c, stock_batch b WHERE ${wanted} ORDER BY c.id`,
  )
  const keys = new Map<string, BatchKey>()
  return rows.map(({ id, batchId, ciphertext, wrappedKey, masterKeyVersion, revealedAt }) => {
    const key = keys.get(batchId) ?? vault.openBatchKey(wrappedKey, masterKeyVersion)
    keys.set(batchId, key)
    return { id, code: vault.open(key, { merchantId, cdkId: id }, ciphertext), revealedAt }
  })
}
