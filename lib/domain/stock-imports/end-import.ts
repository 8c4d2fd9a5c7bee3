import type { Tx } from '@/lib/domain/tx'
import { LeaseLost } from './lease-lost'
import { IMPORT_TRANSITIONS } from './import-states'
import type { Lease } from './renew-lease'

type End = 'checked' | 'finish' | 'refuse' | 'fail' | 'stop'

/** Ends what the importer does with an import, along one transition. Throws LeaseLost when somebody else has it. */
export async function endImport(
  tx: Tx,
  { id, merchantId, leaseId }: Lease,
  end: End,
  facts: { readonly linesTotal?: number; readonly failure?: string },
  now: Date,
): Promise<void> {
  const { from, to } = IMPORT_TRANSITIONS[end]
  const finishedAt = end === 'checked' ? null : now
  const { count } = await tx.stockImport.updateMany({
    where: { id, merchantId, leaseId, state: { in: [...from] } },
    data: { ...facts, state: to, finishedAt, leaseId: null, leaseUntil: null },
  })
  if (count === 0) throw new LeaseLost()
}
