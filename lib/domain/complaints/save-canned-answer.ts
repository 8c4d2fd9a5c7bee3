import { type Tx, sql } from '@/lib/domain/tx'
import { newId } from '@/lib/kernel/ids'
import { Refusal } from '@/lib/kernel/refusal'

/** Prepared answers that a merchant may keep. */
export const MOST_CANNED_ANSWERS = 50

export interface CannedAnswerInput {
  readonly merchantId: string
  /** Null: a new one. */
  readonly id: string | null
  readonly title: string
  readonly body: string
}

/**
 * Keeps a merchant's prepared answer, or changes one of his; a title stands for one answer. Racing saves of one merchant come one after
 * the other, so there are never more than 50. Refuses `canned-answer/title-taken`, `canned-answer/too-many`, and `access/not-found` for another's.
 */
export async function saveCannedAnswer(tx: Tx, input: CannedAnswerInput, now: Date): Promise<string> {
  const { merchantId, title, body } = input
  await tx.$executeRaw(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`canned-answers:${merchantId}`}, 0))`)
  const taken = await tx.cannedAnswer.findUnique({
    where: { merchantId_title: { merchantId, title } },
    select: { id: true },
  })
  if (taken && taken.id !== input.id) throw new Refusal('canned-answer/title-taken')
  if (input.id !== null) {
    const { count } = await tx.cannedAnswer.updateMany({ where: { id: input.id, merchantId }, data: { title, body } })
    if (count === 0) throw new Refusal('access/not-found')
    return input.id
  }
  const kept = await tx.cannedAnswer.count({ where: { merchantId } })
  if (kept >= MOST_CANNED_ANSWERS) throw new Refusal('canned-answer/too-many', { most: MOST_CANNED_ANSWERS })
  const { id } = await tx.cannedAnswer.create({ data: { id: newId(), merchantId, title, body, createdAt: now } })
  return id
}
