import type { Tx } from '@/lib/domain/tx'
import { invariant } from '@/lib/kernel/invariant'
import { z } from 'zod'

const RuledUnits = z.array(
  z.object({
    cdkId: z.string(),
    result: z.enum(['REFUNDED', 'REPLACED', 'COMPENSATED', 'REJECTED']),
    amountMinor: z.int(),
  }),
)

/** The first ruling of a case that was ruled, as it came out. */
export async function firstRuling(tx: Tx, complaintId: string) {
  const ruling = await tx.ruling.findUnique({
    where: { complaintId_appeal: { complaintId, appeal: false } },
    select: { units: true, compensationMinor: true, borneMinor: true, forBuyer: true },
  })
  invariant(ruling, `complaint ${complaintId} was ruled`)
  return { ...ruling, units: RuledUnits.parse(ruling.units) }
}
