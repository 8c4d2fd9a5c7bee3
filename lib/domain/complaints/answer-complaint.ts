import type { Actor } from '@/lib/domain/actor'
import type { Tx } from '@/lib/domain/tx'
import { appendEntry } from './append-entry'
import { notBefore, undecidedAt } from './clock'
import { type LockedCase, lockCase } from './lock-case'
import { moveCase } from './move-case'
import { requireWords } from './require-words'

/**
 * The buyer says what was asked for (files come beside it): back to the merchant, or to the arbitrator who had asked, whose time
 * goes on from where it began. Refuses `access/not-found`, `complaint/not-now`, `input/invalid`.
 */
export async function answerComplaint(
  tx: Tx,
  { complaintId, text }: { readonly complaintId: string; readonly text: string },
  actor: Actor,
  now: Date,
): Promise<void> {
  const locked = await lockCase(tx, complaintId)
  const words = requireWords(text)
  const { name, dueAt } = backTo(locked, now)
  await moveCase(tx, complaintId, { name, actor, set: { dueAt } }, now)
  await appendEntry(tx, complaintId, { type: 'answered', actor, body: { text: words } }, now)
}

function backTo({ escalateAt, escalatedAt, appealedAt, rules }: LockedCase, now: Date) {
  if (appealedAt) return { name: 'answer-appeal', dueAt: undecidedAt(appealedAt, rules) } as const
  if (escalatedAt) return { name: 'answer-arbitrator', dueAt: undecidedAt(escalatedAt, rules) } as const
  return { name: 'answer', dueAt: notBefore(now, escalateAt) } as const
}
