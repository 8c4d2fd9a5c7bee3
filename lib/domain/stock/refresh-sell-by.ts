import { type Tx, sql } from '@/lib/domain/tx'

type Which = { readonly batchId: string } | { readonly variantId: string }

/**
 * Sets anew until when the CDKs of a batch or variant are sold, after a promise of validity has changed; see `sellByOf`. Also of
 * reserved and delivered ones, which may come back. No event: the promise is the listing's, not the CDK's. Says how many moved.
 */
export async function refreshSellBy(
  tx: Tx,
  { merchantId, ...which }: { readonly merchantId: string } & Which,
): Promise<number> {
  const chosen = 'batchId' in which ? sql`b.id = ${which.batchId}::uuid` : sql`c."variantId" = ${which.variantId}::uuid`
  const sellBy = sql`c."expiresAt" - make_interval(hours => 24 * GREATEST(COALESCE(v."validityDays", 0), COALESCE(b."validityDays", 0)))`
  return tx.$executeRaw(sql`
    UPDATE cdk c SET "sellBy" = ${sellBy} FROM stock_batch b, variant v
    WHERE c."merchantId" = ${merchantId}::uuid AND b.id = c."batchId" AND v.id = c."variantId" AND c."expiresAt" IS NOT NULL
      AND ${chosen} AND c."sellBy" <> ${sellBy}`)
}
