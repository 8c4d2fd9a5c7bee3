import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeEach, expect } from 'vitest'
import type { Bank } from '@/lib/bank/bank'
import { completeAccount } from '@/lib/bank/complete-account'
import { handleBank } from '@/lib/bank/handle'
import { openPayment } from '@/lib/bank/open-payment'
import { CallbackBody, type OpenPaymentInput } from '@/lib/bank/protocol'
import { createSandboxProvider } from '@/lib/infra/payments/sandbox'
import { newId } from '@/lib/kernel/ids'
import { db } from './database'
import { serve } from './http'

/** The time of both sides; tests move it. */
const START = new Date('2026-02-03T06:05:00.000Z')
export const clock = { now: START }

export const bankSwitches = {
  /** Answers 503 to everything. */
  down: false,
  /** Answers too late. */
  hang: false,
  /** Does what it is asked, then loses that many answers. */
  loseAnswers: 0,
}

const usual = async () => Promise.resolve(Response.json({}))
/** The mall's end of the line: what answers callbacks (until the end of the test), and what has arrived there. */
export const mallEnd: { answer: (request: Request) => Promise<Response>; heard: CallbackBodyRead[] } = {
  answer: usual,
  heard: [],
}
type CallbackBodyRead = ReturnType<typeof CallbackBody.parse>

const key = randomBytes(32)
const pending: Promise<unknown>[] = []

const mall = await serve(async (request) => {
  const heard = CallbackBody.safeParse(
    await request
      .clone()
      .json()
      .catch(() => null),
  )
  if (heard.success) mallEnd.heard.push(heard.data)
  return mallEnd.answer(request)
})

/** The bank under test, with the same books as the one behind its HTTP server. */
export const bank: Bank = { db, key, shopOrigins: [mall.origin], fetch: globalThis.fetch, clock: () => clock.now }

const bankServer = await serve(async (request) => {
  if (bankSwitches.hang) await new Promise((resolve) => setTimeout(resolve, 400))
  if (bankSwitches.down) return new Response(null, { status: 503 })
  const answer = await handleBank(bank, request, (work) => pending.push(work))
  if (bankSwitches.loseAnswers === 0) return answer
  bankSwitches.loseAnswers -= 1
  return new Response(null, { status: 502 })
})

export const bankUrl = bankServer.origin
export const mallUrl = mall.origin
export const bankKey = key

/** The mall's line to the bank: patient, so that a busy machine fails no test, but with a bank that hangs. */
export const provider = createSandboxProvider({
  bankUrl,
  appUrl: mallUrl,
  key,
  clock: () => clock.now,
  get timeoutMs() {
    return bankSwitches.hang ? 100 : 10_000
  },
})

/** Presses a button of one of the bank's pages, over HTTP. */
export async function press(path: string, fields: Record<string, string> = {}): Promise<Response> {
  const body = new URLSearchParams(fields)
  return fetch(new URL(path, bankUrl), { method: 'POST', body, redirect: 'manual' })
}

/** Presses the payment page's button with the given switches. */
export async function pressPay(paymentId: string, switches: Record<string, string> = {}): Promise<Response> {
  return press(`/bank/pay/${paymentId}`, switches)
}

/** One of the bank's pages. */
export async function look(path: string): Promise<{ response: Response; text: string }> {
  const response = await fetch(new URL(path, bankUrl), { redirect: 'manual' })
  return { response, text: await response.text() }
}

/** What the shop asks for when it opens a payment: 10.00 CNY, unless changed. */
export function anOpening(changes: Partial<OpenPaymentInput> = {}): OpenPaymentInput {
  return {
    reference: randomUUID(),
    description: 'Keybond KB1',
    amountMinor: 1_000,
    currency: 'CNY',
    locale: 'zh-CN',
    returnUrl: `${mallUrl}/orders/KB1`,
    notifyUrl: `${mallUrl}/api/webhooks/sandbox`,
    ...changes,
  }
}

/** A payment at the bank that waits for its payer. */
export async function anOpenPayment(changes: Partial<OpenPaymentInput> = {}): Promise<string> {
  const { id } = await openPayment(bank, randomUUID(), anOpening(changes))
  return id
}

/** A paid payment at the bank, with the payer's switches; its first capture. */
export async function aPaidPayment(
  switches: Record<string, string> = {},
  changes: Partial<OpenPaymentInput> = {},
): Promise<{ paymentId: string; captureId: string }> {
  const paymentId = await anOpenPayment(changes)
  await pressPay(paymentId, switches)
  const { id: captureId } = await db.bankCapture.findFirstOrThrow({ where: { paymentId, seq: 1 } })
  return { paymentId, captureId }
}

/** An account that a merchant has opened and completed. */
export async function aReadyAccount(): Promise<string> {
  const facts = { name: '清风数码', email: 'hello@qingfeng.example.com', locale: 'zh-CN' }
  const { accountRef } = await provider.openAccount({ merchantId: newId(), ...facts })
  await completeAccount(bank, accountRef)
  return accountRef
}

/** What the bank owes the mall by its list of movements. */
export async function bankOwes(currency = 'CNY'): Promise<number> {
  const { _sum } = await db.bankMovement.aggregate({ where: { currency }, _sum: { amountMinor: true } })
  return _sum.amountMinor ?? 0
}

/** The bank's own books agree: the list of movements adds up to captures less what was sent, paid out and disputed. */
export async function expectBankSound(): Promise<void> {
  const rows = await db.$queryRaw`
    WITH entry AS (
      SELECT currency, "amountMinor" AS amount FROM bank_capture
      UNION ALL SELECT c.currency, -r."amountMinor" FROM bank_refund r JOIN bank_capture c ON c.id = r."captureId" WHERE r.status <> 'failed'
      UNION ALL SELECT currency, -"amountMinor" FROM bank_transfer WHERE status <> 'failed'
      UNION ALL SELECT currency, -"amountMinor" FROM bank_dispute WHERE status <> 'won'
      UNION ALL SELECT currency, "amountMinor" FROM bank_movement WHERE kind = 'other'
      UNION ALL SELECT currency, -"amountMinor" FROM bank_movement
    ) SELECT currency, sum(amount)::int AS amount FROM entry GROUP BY currency HAVING sum(amount) <> 0`
  expect(rows).toEqual([])
}

/** Waits for what outlasted the answers. */
export async function settled(): Promise<void> {
  await Promise.all(pending.splice(0))
}

beforeEach(() => {
  clock.now = START
  mallEnd.heard.length = 0
  mallEnd.answer = usual
  Object.assign(bankSwitches, { down: false, hang: false, loseAnswers: 0 })
})

afterAll(async () => {
  await settled()
  await mall.close()
  await bankServer.close()
})
