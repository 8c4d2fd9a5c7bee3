import type { EventVerdict } from '@/lib/infra/prisma/enums'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { newId } from '@/lib/kernel/ids'
import { z } from 'zod'

/** How much of a callback's body is kept. */
const MOST_BODY = 16_384

export interface InboxEntry {
  readonly provider: string
  /** Null when the signature did not verify. */
  readonly eventRef: string | null
  readonly type: string | null
  readonly body: string
}

export interface Received {
  readonly id: string
  /** False when the provider's event stands in the inbox already and was handled. */
  readonly fresh: boolean
}

/**
 * Puts a callback into the inbox, once per provider event; a repeat of a handled event is kept as a row of its own
 * (`replayed`) and changes nothing. A repeat of one that was received but never handled (we crashed) is fresh again.
 */
export async function receiveEvent(tx: Tx, entry: InboxEntry, now: Date): Promise<Received> {
  const body = entry.body.slice(0, MOST_BODY).replaceAll('\u0000', '')
  const [row] = await selectRows(
    tx,
    z.object({ id: z.string(), verdict: z.enum(['RECEIVED', 'APPLIED', 'IGNORED', 'REJECTED']) }),
    sql`
      INSERT INTO payment_event AS e (id, provider, "eventRef", type, verdict, body, "receivedAt")
      VALUES (${newId()}::uuid, ${entry.provider}, ${entry.eventRef}, ${entry.type}, 'RECEIVED', ${body}, ${now})
      ON CONFLICT (provider, "eventRef") DO UPDATE SET "eventRef" = e."eventRef"
      RETURNING id, verdict`,
  )
  if (row?.verdict === 'RECEIVED') return { id: row.id, fresh: true }
  const id = newId()
  await tx.paymentEvent.create({
    data: {
      id,
      provider: entry.provider,
      type: entry.type,
      verdict: 'IGNORED',
      reason: 'replayed',
      body,
      receivedAt: now,
      handledAt: now,
    },
  })
  return { id, fresh: false }
}

/** Writes what became of an event. Of the same event handled twice at once, the one that changed something is kept. */
export async function judgeEvent(
  tx: Tx,
  eventId: string,
  verdict: Exclude<EventVerdict, 'RECEIVED'>,
  reason: string | null,
  checkoutId: string | null,
  now: Date,
): Promise<void> {
  await tx.paymentEvent.updateMany({
    where: { id: eventId, verdict: { not: 'APPLIED' } },
    data: { verdict, reason, checkoutId, handledAt: now },
  })
}
