'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import { saveEvidence, submitEvidence } from '@/lib/domain/disputes'
import { ProviderUnavailable, requireProvider } from '@/lib/domain/payments'
import { db } from '@/lib/infra/db'
import { providerNamed } from '@/lib/infra/payments'
import { Refusal } from '@/lib/kernel/refusal'
import { operatorAction } from '@/lib/web/action'

const text = z.string().trim().max(20_000)
const EvidenceInput = z.object({
  disputeId: z.uuid(),
  productDescription: text,
  customerEmail: z.string().trim().max(320),
  serviceDate: z.iso.date(),
  accessLog: text,
  statement: text,
})

/** The staged evidence as the operator has rewritten it; it is not handed in by this. */
export const saveEvidenceAction = operatorAction(
  EvidenceInput,
  async ({ disputeId, ...changes }, { actor, run, now }) => {
    await run((tx) => saveEvidence(tx, disputeId, changes, actor, now))
    revalidatePath('/[locale]/admin', 'layout')
  },
)

/** Hands in what is staged, once and for good. A provider that is silent has it later: the clock goes on with it. */
export const submitEvidenceAction = operatorAction(
  z.object({ disputeId: z.uuid() }),
  async ({ disputeId }, { actor, run, now }) => {
    const dispute = await db().dispute.findUnique({ where: { id: disputeId }, select: { provider: true } })
    if (!dispute) throw new Refusal('access/not-found')
    try {
      await submitEvidence(run, requireProvider(providerNamed, dispute.provider), disputeId, actor, now)
    } catch (error) {
      if (!(error instanceof ProviderUnavailable)) throw error
      throw new Refusal('dispute/hand-in-later')
    } finally {
      revalidatePath('/[locale]/admin', 'layout')
    }
  },
)
