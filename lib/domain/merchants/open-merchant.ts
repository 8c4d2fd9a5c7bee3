import { createUser } from '@/lib/domain/accounts'
import type { Tx } from '@/lib/domain/tx'
import { newId } from '@/lib/kernel/ids'
import { Refusal } from '@/lib/kernel/refusal'

export interface MerchantInput {
  /** Address name of the shop: lower-case letters, digits, hyphens. */
  readonly slug: string
  readonly name: string
  readonly legalName: string
  readonly legalNumber: string
  readonly contactEmail: string
  readonly feeBps: number
  readonly owner: { readonly email: string; readonly passwordHash: string; readonly displayName: string }
}

/**
 * Opens a merchant with its owner's account. It starts PENDING: the owner may sign in and prepare products, nothing is
 * sold until `setMerchantStatus` admits it. Refuses `catalog/slug-taken`, `auth/email-taken`.
 */
export async function openMerchant(
  tx: Tx,
  { owner, ...facts }: MerchantInput,
  now: Date,
): Promise<{ merchantId: string; ownerId: string }> {
  const merchantId = newId()
  const row = { id: merchantId, ...facts, status: 'PENDING' as const, createdAt: now }
  const { count } = await tx.merchant.createMany({ data: [row], skipDuplicates: true })
  if (count === 0) throw new Refusal('catalog/slug-taken', { slug: facts.slug })
  const ownerId = await createUser(tx, { ...owner, role: 'MERCHANT', merchantId }, now)
  return { merchantId, ownerId }
}
