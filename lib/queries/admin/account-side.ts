import type { AccountKind } from '@/lib/infra/prisma/enums'
import type { Minor } from '@/lib/kernel/money'

/** Kinds whose balance is debits less credits: what somebody owes us, and what we have spent. */
const DEBIT_KINDS: ReadonlySet<AccountKind> = new Set<AccountKind>([
  'PROVIDER_CLEARING',
  'PROMO_EXPENSE',
  'PROVIDER_COST',
  'MERCHANT_RECEIVABLE',
  'DISPUTED',
])

export function isDebitKind(kind: AccountKind): boolean {
  return DEBIT_KINDS.has(kind)
}

/** The balance of an account as people read it: positive is the usual side of its kind. */
export function balanceOn(
  kind: AccountKind,
  { debitsMinor, creditsMinor }: { readonly debitsMinor: Minor; readonly creditsMinor: Minor },
): Minor {
  return isDebitKind(kind) ? debitsMinor - creditsMinor : creditsMinor - debitsMinor
}
