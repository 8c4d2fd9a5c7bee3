import type { LockedCase } from '@/lib/domain/complaints'
import { appealWonPosting, postTransfers } from '@/lib/domain/ledger'
import { collectReceivable } from '@/lib/domain/merchants'
import type { Tx } from '@/lib/domain/tx'
import type { Minor } from '@/lib/kernel/money'

/** The protection fund pays a merchant what a ruling cost him that an appeal undid; what he owes the fund is paid out of it. Once per case. */
export async function repayMerchant(
  tx: Tx,
  { id: complaintId, orderId, merchantId, currency }: LockedCase,
  amountMinor: Minor,
  now: Date,
): Promise<void> {
  if (amountMinor === 0) return
  await postTransfers(tx, [appealWonPosting({ complaintId, orderId, merchantId, currency, amountMinor })], now)
  await collectReceivable(tx, merchantId, currency, `complaint:${complaintId}:appeal-won`, now)
}
