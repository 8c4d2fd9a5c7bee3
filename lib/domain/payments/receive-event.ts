import { Buffer } from 'node:buffer'
import type { EventVerdict } from '@/lib/infra/prisma/enums'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { newId } from '@/lib/kernel/ids'
import { z } from 'zod'
import type { ParsedEvent } from './provider'

/** How many bytes of a callback's body are kept. */
const MOST_BODY = 16_384

export interface Received {
  readonly id: string
  readonly verdict: EventVerdict
  readonly reason: string | null
}

/**
 * Puts a callback into the inbox, once per (provider, eventRef). What is to be acted on is RECEIVED and due at once;
 * types that nothing is done about are IGNORED `unsupported-type`, unbelieved ones REJECTED with the reason and without
 * anything that they claim. A repeat leaves the event as it is and is kept as a row of its own (IGNORED `replayed`).
 */
export async function receiveEvent(
  tx: Tx,
  provider: string,
  parsed: ParsedEvent,
  rawBody: string,
  now: Date,
): Promise<Received> {
  const event = parsed.ok ? parsed.event : null
  const body = Buffer.from(rawBody.replaceAll('\u0000', '')).subarray(0, MOST_BODY).toString()
  const first = parsed.ok ? judgedAtOnce(parsed.event.subject !== null) : refused(parsed.why)
  const subject = event?.subject ? JSON.stringify(event.subject) : null
  const dueAt = first.verdict === 'RECEIVED' ? now : null
  const [made] = await selectRows(
    tx,
    z.object({ id: z.string() }),
    sql`
      INSERT INTO payment_event (id, provider, "eventRef", type, verdict, reason, subject, body, "dueAt", "receivedAt", "handledAt")
      VALUES (${newId()}::uuid, ${provider}, ${event?.eventRef ?? null}, ${event?.type ?? null}, ${first.verdict}::"EventVerdict",
              ${first.reason}, ${subject}::jsonb, ${body}, ${dueAt}, ${now}, ${dueAt === null ? now : null})
      ON CONFLICT (provider, "eventRef") DO NOTHING RETURNING id`,
  )
  if (made) return { ...made, ...first }
  const id = newId()
  const again = { verdict: 'IGNORED', reason: 'replayed' } as const
  await tx.paymentEvent.create({
    data: { id, provider, type: event?.type ?? null, ...again, body, receivedAt: now, handledAt: now },
  })
  return { id, ...again }
}

type FirstVerdict = Pick<Received, 'verdict' | 'reason'>

function judgedAtOnce(actedOn: boolean): FirstVerdict {
  return actedOn ? { verdict: 'RECEIVED', reason: null } : { verdict: 'IGNORED', reason: 'unsupported-type' }
}

function refused(reason: string): FirstVerdict {
  return { verdict: 'REJECTED', reason }
}
