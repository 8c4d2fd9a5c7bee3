import { Prisma } from '@/lib/infra/prisma/client'
import { MINUTE_MS, SECOND_MS, after } from '@/lib/kernel/time'
import { z } from 'zod'
import type { Bank } from './bank'
import { SIGNATURE_HEADER, sign } from './protocol'
import { settleDue } from './settle-due'

const BATCH = 50
const TIMEOUT_MS = 10 * SECOND_MS
/** How long a row is ours while we send it; whoever is killed meanwhile leaves it to the next pump. */
const LEASE_MS = 30 * SECOND_MS
const FIRST_RETRY_MS = SECOND_MS
const LONGEST_RETRY_MS = 5 * MINUTE_MS
/** About an hour of trying; the shop can always look the payment up. */
const MOST_ATTEMPTS = 20

const Due = z.object({ id: z.string(), body: z.string(), notifyUrl: z.string(), attempts: z.number() })
type Due = z.infer<typeof Due>

/**
 * Sends the callbacks that are due, all at once: those shown on the page of one payment or account, or everybody's, after
 * the bank has done what it does by itself by now. What was not answered with 2xx comes again later, with growing pauses.
 * Any number of pumps may run. Returns how many were sent and answered well.
 */
export async function pumpCallbacks(bank: Bank, pageId?: string): Promise<number> {
  if (pageId === undefined) await settleDue(bank)
  const due = await takeDue(bank, pageId)
  const sent = await Promise.all(due.map((callback) => send(bank, callback)))
  return sent.filter(Boolean).length
}

async function takeDue({ db, clock }: Bank, pageId?: string): Promise<Due[]> {
  const now = clock()
  const only = pageId === undefined ? Prisma.empty : Prisma.sql`AND ${pageId}::uuid IN ("paymentId", "accountId")`
  const rows = await db.$queryRaw<unknown[]>`
    UPDATE bank_callback SET "dueAt" = ${after(now, LEASE_MS)}, attempts = attempts + 1
    WHERE id IN (
      SELECT id FROM bank_callback WHERE "dueAt" <= ${now} ${only}
      ORDER BY "dueAt", id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED
    )
    RETURNING id, body, "notifyUrl", attempts`
  return rows.map((row) => Due.parse(row))
}

async function send(bank: Bank, { id, body, notifyUrl, attempts }: Due): Promise<boolean> {
  const status = await post(bank, notifyUrl, body)
  const now = bank.clock()
  const answered = status !== null && status >= 200 && status < 300
  const wait = Math.min(FIRST_RETRY_MS * 2 ** (attempts - 1), LONGEST_RETRY_MS)
  const next = attempts < MOST_ATTEMPTS ? after(now, wait) : null
  await bank.db.bankCallback.update({
    where: { id },
    data: { lastStatus: status, ...(answered ? { sentAt: now, dueAt: null } : { dueAt: next }) },
  })
  return answered
}

/** The status of the answer; null when there was none. */
async function post({ fetch, key, clock }: Bank, url: string, body: string): Promise<number | null> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', [SIGNATURE_HEADER]: sign(key, body, clock()) },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    await response.body?.cancel()
    return response.status
  } catch {
    // Nobody there, or too slow: the row stays due and is sent again.
    return null
  }
}
