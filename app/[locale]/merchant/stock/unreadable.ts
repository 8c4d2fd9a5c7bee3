import type { FileErrorReason } from '@/lib/infra/files'
import { Refusal } from '@/lib/kernel/refusal'
import type { UnreadableReason } from '@/lib/stock-files'

/** The refusal of a file as a whole. Messages choose by names that have no hyphens. */
export function unreadable(reason: UnreadableReason | FileErrorReason): Refusal {
  return new Refusal('stock/unreadable', { reason: reason.replaceAll('-', '_') })
}
