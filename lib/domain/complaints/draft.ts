import type { Tx } from '@/lib/domain/tx'
import { z } from 'zod'
import { FAILURES, REMEDIES } from './failure-standard'

/** Characters of what a buyer says when he opens a complaint. */
export const LONGEST_STATEMENT = 2_000

/** What the opening form has been told so far; every step adds to it. */
export const DraftAnswers = z
  .object({
    failure: z.enum(FAILURES),
    cdkIds: z.array(z.uuid()).max(1_000),
    demand: z.enum(REMEDIES),
    demandMinor: z.int().min(1).nullable(),
    statement: z.string().max(LONGEST_STATEMENT),
  })
  .partial()
export type DraftAnswers = z.infer<typeof DraftAnswers>

/**
 * Keeps what a buyer has answered so far, one draft an order: the last save wins, from whichever device. It promises nothing and is checked
 * again when the complaint is opened, which deletes it. The caller has checked that the order is the buyer's.
 */
export async function saveDraft(
  tx: Tx,
  {
    orderId,
    merchantId,
    answers,
  }: { readonly orderId: string; readonly merchantId: string; readonly answers: DraftAnswers },
  now: Date,
): Promise<void> {
  const facts = { answers: DraftAnswers.parse(answers), updatedAt: now }
  await tx.complaintDraft.upsert({
    where: { orderId, merchantId },
    create: { orderId, merchantId, ...facts },
    update: facts,
  })
}

/** The draft of an order, or null; one that this version cannot read any more counts as none. */
export async function findDraft(tx: Tx, orderId: string): Promise<DraftAnswers | null> {
  const draft = await tx.complaintDraft.findUnique({ where: { orderId }, select: { answers: true } })
  return draft ? (DraftAnswers.safeParse(draft.answers).data ?? null) : null
}
