import { accountId } from '@/lib/domain/ledger'
import { db } from '@/lib/infra/db'
import type { AccountKind } from '@/lib/infra/prisma/enums'

/** What stands on somebody's guarded account, in fen. */
export async function balanceOfKind(kind: AccountKind, ownerKey: string): Promise<number> {
  const balance = await db().ledgerBalance.findUnique({
    where: { accountId: accountId({ kind, ownerKey, currency: 'CNY' }) },
  })
  return Number((balance?.creditsMinor ?? 0n) - (balance?.debitsMinor ?? 0n))
}
