import { importUnits } from '@/lib/domain/stock'
import { newId } from '@/lib/kernel/ids'
import { NOW, codes, run, vault } from './factories'

/** One fresh code for each of `expiries`, as one batch; the codes in the same order. */
export async function addExpiring(
  { merchantId, variantId }: { readonly merchantId: string; readonly variantId: string },
  expiries: readonly (Date | null)[],
): Promise<string[]> {
  const fresh = codes(expiries.length)
  const units = fresh.map((secret, at) => ({
    line: at + 1,
    secret,
    fingerprint: vault.fingerprint(secret),
    expiresAt: expiries[at] ?? null,
  }))
  const of = { merchantId, variantId, uploadedById: newId(), fileName: null, allOrNothing: false }
  await run((tx) => importUnits(tx, vault, { ...of, units, leftOut: { empty: 0, faulty: 0 } }, NOW))
  return fresh
}
