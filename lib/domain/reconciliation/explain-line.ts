import { recordOperatorAction } from '@/lib/domain/accounts'
import {
  type AccountRef,
  externalRef,
  postTransfers,
  protectionFund,
  providerClearing,
  providerCost,
} from '@/lib/domain/ledger'
import type { Actor } from '@/lib/domain/orders'
import { BY_HAND } from '@/lib/domain/payments'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { Refusal } from '@/lib/kernel/refusal'
import { z } from 'zod'
import { matchOnce } from './match-lines'

/** Where an operator says that the money of a line went, or came from. */
export const LINE_ENDS = ['own-bank', 'provider-cost', 'protection-fund'] as const
export type LineEnd = (typeof LINE_ENDS)[number]

export interface Explanation {
  readonly explanation: string
  /** `own-bank`: our own account at a bank (withdrawal, top-up); the platform's own pocket otherwise. */
  readonly end: LineEnd
}

const Open = z.object({
  provider: z.string(),
  kind: z.string(),
  sourceRef: z.string(),
  amountMinor: z.number(),
  currency: z.string(),
})

/**
 * An operator explains a line that nothing of ours says the same as (the platform's own withdrawal, a fee of its own, a
 * refund that somebody made at the provider). The money did move there, so it is booked: clearing <-> the end that he names,
 * and the line is matched with that. The row is taken first. Refuses `access/not-found`, `reconciliation/line-settled`.
 */
export async function explainLine(
  tx: Tx,
  lineId: string,
  { explanation, end }: Explanation,
  actor: Actor,
  now: Date,
): Promise<void> {
  const line = await lockOpen(tx, lineId, now)
  const { provider, currency, amountMinor } = line
  const [clearing, other] = [providerClearing(provider, currency), endOf(end, provider, currency)]
  const [from, to] = amountMinor > 0 ? [clearing, other] : [other, clearing]
  await postTransfers(
    tx,
    [
      {
        key: `line:${lineId}:explained`,
        code: `line-${end}`,
        from,
        to,
        amountMinor: Math.abs(amountMinor),
        externalRef: externalRef(provider, line.kind, line.sourceRef),
      },
    ],
    now,
  )
  await matchOnce(tx, provider, now)
  await tx.providerLine.update({ where: { id: lineId }, data: { explanation, explainedById: actor.id } })
  const action = { verb: 'explain-line', subject: 'provider-line', subjectId: lineId, note: explanation }
  await recordOperatorAction(tx, { userId: actor.id, ...action }, now)
}

async function lockOpen(tx: Tx, id: string, now: Date): Promise<z.infer<typeof Open>> {
  const known = await tx.providerLine.findUnique({ where: { id }, select: { provider: true } })
  if (!known) throw new Refusal('access/not-found')
  // Matching takes its lock before any row, so it does here as well; and what says the same as the line needs no explanation.
  await matchOnce(tx, known.provider, now)
  const [open] = await selectRows(
    tx,
    Open,
    sql`
      SELECT provider, kind, "sourceRef", "amountMinor", currency FROM provider_line
      WHERE id = ${id}::uuid AND "transactionId" IS NULL AND explanation IS NULL FOR UPDATE`,
  )
  if (!open) throw new Refusal('reconciliation/line-settled')
  return open
}

function endOf(end: LineEnd, provider: string, currency: string): AccountRef {
  if (end === 'own-bank') return providerClearing(BY_HAND, currency)
  return end === 'provider-cost' ? providerCost(provider, currency) : protectionFund(currency)
}
