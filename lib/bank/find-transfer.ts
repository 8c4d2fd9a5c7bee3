import type { Bank } from './bank'
import { type TransferAnswer, TransferStatus } from './protocol'

/** One transfer as the books have it now, or null. */
export async function findTransfer({ db }: Bank, id: string): Promise<TransferAnswer | null> {
  const transfer = await db.bankTransfer.findUnique({ where: { id } })
  return transfer && transferAnswerOf(transfer)
}

/** What the shop is told of a transfer. */
export function transferAnswerOf(transfer: { id: string; status: string; failure: string | null }): TransferAnswer {
  return { id: transfer.id, status: TransferStatus.parse(transfer.status), failure: transfer.failure }
}
