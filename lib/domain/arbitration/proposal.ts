import type { LockedCase } from '@/lib/domain/complaints'
import { TARIFFS } from '@/lib/domain/merchants'
import { invariant } from '@/lib/kernel/invariant'
import { z } from 'zod'

/** A ruling that waits for the second signature, as the case's row keeps it. `id` tells one proposal from the next. */
export const Proposal = z.object({
  id: z.uuid(),
  /** Who proposes: the first arbitrator. */
  by: z.uuid(),
  at: z.iso.datetime(),
  forBuyer: z.boolean(),
  units: z.array(z.object({ cdkId: z.uuid(), result: z.enum(['REFUNDED', 'REPLACED', 'COMPENSATED', 'REJECTED']) })),
  compensationMinor: z.int(),
  reasons: z.string(),
  tariffs: z.array(z.enum(TARIFFS)),
})
export type Proposal = z.infer<typeof Proposal>

/** What is proposed in a case, or null. */
export function proposalOf({ proposal }: Pick<LockedCase, 'proposal'>): Proposal | null {
  if (proposal === null) return null
  const parsed = Proposal.safeParse(proposal)
  invariant(parsed.success, 'a proposal is what ruleComplaint wrote')
  return parsed.data
}
