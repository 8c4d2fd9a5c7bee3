import { postTransfers, refundInTransit } from '@/lib/domain/ledger'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { newId } from '@/lib/kernel/ids'
import type { Minor } from '@/lib/kernel/money'
import { z } from 'zod'
import { type DisputeMoney, bornePosting } from './postings'

const Unsent = z.object({ id: z.string(), amountMinor: z.number() })

/**
 * The payer got through a lost dispute what a refund of the same payment was to bring: as much of the unsent refunds as no
 * longer fits beside the dispute into the capture (no provider gives back more than came in) is settled by it, refunds in
 * transit -> disputed. Their `providerRef` is then `dispute:<ref>`. Returns how much that was, at most `most`.
 */
export async function coverByRefunds(
  tx: Tx,
  dispute: DisputeMoney & { readonly paymentId: string },
  most: Minor,
  now: Date,
): Promise<Minor> {
  const unsent = await lockUnsent(tx, dispute.paymentId)
  const asked = unsent.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
  let left = Math.min(most, Math.max(0, asked - (await roomFor(tx, dispute))))
  const covered = left
  for (const refund of unsent) {
    const part = Math.min(left, refund.amountMinor)
    if (part === 0) break
    left -= part
    const id = part === refund.amountMinor ? refund.id : await splitOff(tx, refund.id, part)
    const providerRef = `dispute:${dispute.disputeRef}`
    const settled = { status: 'SUCCEEDED', providerRef, settledAt: now, dueAt: null, lastError: null } as const
    await tx.refund.update({ where: { id }, data: settled })
    const transit = refundInTransit(dispute.provider, dispute.currency)
    await postTransfers(tx, [bornePosting(dispute, `refund:${id}`, transit, part)], now)
  }
  return covered
}

/** Those that were never asked for come first: one that is just being asked for may still get through. */
async function lockUnsent(tx: Tx, paymentId: string): Promise<z.infer<typeof Unsent>[]> {
  return selectRows(
    tx,
    Unsent,
    sql`
      SELECT id, "amountMinor" FROM refund
      WHERE "paymentId" = ${paymentId}::uuid AND method = 'PROVIDER' AND status IN ('PENDING', 'FAILED')
      ORDER BY attempts > 0, id FOR UPDATE`,
  )
}

/** What the provider can still send back of the capture, this dispute and earlier lost ones taken off. */
async function roomFor(tx: Tx, { id, paymentId, amountMinor }: DisputeMoney & { readonly paymentId: string }) {
  const [row] = await selectRows(
    tx,
    z.object({ room: z.number() }),
    sql`
      SELECT p."amountMinor" - ${amountMinor}::int
        - COALESCE((SELECT sum(d."amountMinor") FROM dispute d WHERE d."paymentId" = p.id AND d.state = 'LOST' AND d.id <> ${id}::uuid), 0)::int
        - COALESCE((SELECT sum(r."amountMinor") FROM refund r WHERE r."paymentId" = p.id AND r.method = 'PROVIDER'
            AND r.status IN ('SENT', 'SUCCEEDED') AND r."providerRef" NOT LIKE 'dispute:%' AND r."providerRef" NOT LIKE 'bank-transfer:%'), 0)::int AS room
      FROM payment p WHERE p.id = ${paymentId}::uuid`,
  )
  return Math.max(0, row?.room ?? 0)
}

/** Makes `part` of an unsent refund one of its own; what stays is another amount, so it is asked for under a new key. */
async function splitOff(tx: Tx, refundId: string, part: Minor): Promise<string> {
  const whole = await tx.refund.update({
    where: { id: refundId },
    data: { amountMinor: { decrement: part }, attempt: { increment: 1 }, attempts: 0 },
  })
  const id = newId()
  await tx.refund.create({ data: { ...whole, id, amountMinor: part } })
  return id
}
