import { readBody } from '@/lib/kernel/read-body'
import { z } from 'zod'
import { answerDispute } from './answer-dispute'
import { type Bank, BankRefusal } from './bank'
import { findAccount } from './find-account'
import { findDispute } from './find-dispute'
import { findPayment } from './find-payment'
import { findRefund } from './find-refund'
import { findTransfer } from './find-transfer'
import { linkAccount } from './link-account'
import { listMovements } from './list-movements'
import { openAccount } from './open-account'
import { openPayment } from './open-payment'
import {
  AccountLinkInput,
  EvidenceInput,
  IDEMPOTENCY_HEADER,
  OpenAccountInput,
  OpenPaymentInput,
  RefundInput,
  SIGNATURE_HEADER,
  TransferInput,
  requestText,
  verify,
} from './protocol'
import { refundCapture } from './refund-capture'
import { transfer } from './transfer'

/** Room for the evidence of a dispute, in Chinese. */
const MOST_BODY = 524_288
const Key = z.string().regex(/^[\w:.-]{1,100}$/u)
const MovementsQuery = z.object({
  since: z.iso.datetime().transform((text) => new Date(text)),
  cursor: z
    .string()
    .regex(/^\d{1,18}$/u)
    .default('0')
    .transform(BigInt),
})

/** A request that is signed well. */
interface Ask {
  readonly key: string
  /** Of the thing in the address; empty where there is none. */
  readonly id: string
  readonly body: unknown
  readonly query: URLSearchParams
}

/** Every call of the API; null is answered with 404. */
const CALLS: Readonly<Record<string, (bank: Bank, ask: Ask) => Promise<object | null>>> = {
  'POST payments': (bank, { key, body }) => openPayment(bank, parse(Key, key), parse(OpenPaymentInput, body)),
  'GET payments/:id': (bank, { id }) => findPayment(bank, id),
  'POST refunds': (bank, { key, body }) => refundCapture(bank, parse(Key, key), parse(RefundInput, body)),
  'GET refunds/:id': (bank, { id }) => findRefund(bank, id),
  'POST accounts': (bank, { key, body }) => openAccount(bank, parse(Key, key), parse(OpenAccountInput, body)),
  'GET accounts/:id': (bank, { id }) => findAccount(bank, id),
  'POST accounts/:id/links': (bank, { id, body }) => linkAccount(bank, id, parse(AccountLinkInput, body)),
  'POST transfers': (bank, { key, body }) => transfer(bank, parse(Key, key), parse(TransferInput, body)),
  'GET transfers/:id': (bank, { id }) => findTransfer(bank, id),
  'GET disputes/:id': (bank, { id }) => findDispute(bank, id),
  'POST disputes/:id/evidence': (bank, { id, body }) => answerDispute(bank, id, parse(EvidenceInput, body)),
  'GET movements': (bank, { query }) => listMovements(bank, parse(MovementsQuery, Object.fromEntries(query))),
}

/** The bank's API for the shop; see README.md for the endpoints. Every request is signed. */
export async function answerApi(bank: Bank, request: Request, segments: readonly string[]): Promise<Response> {
  try {
    const signed = await authenticate(bank, request)
    const [noun = '', id = '', ...more] = segments
    const path = [noun, ...(segments.length > 1 ? [':id'] : []), ...more].join('/')
    const name = `${request.method} ${path}`
    const call = Object.hasOwn(CALLS, name) ? CALLS[name] : undefined
    const known = segments.length < 2 || z.uuid().safeParse(id).success
    const answer = call && known ? await call(bank, { ...signed, id }) : null
    if (answer === null) throw new BankRefusal(404, 'not-found')
    return Response.json(answer)
  } catch (error) {
    if (error instanceof BankRefusal) return Response.json({ error: error.message }, { status: error.status })
    throw error
  }
}

async function authenticate(bank: Bank, request: Request): Promise<Omit<Ask, 'id'>> {
  const text = await readBody(request, MOST_BODY)
  if (text === null) throw new BankRefusal(413, 'too-large')
  const { pathname, search, searchParams } = new URL(request.url)
  const key = request.headers.get(IDEMPOTENCY_HEADER) ?? ''
  const signed = requestText(request.method, `${pathname}${search}`, key, text)
  const verdict = verify(bank.key, request.headers.get(SIGNATURE_HEADER), signed, bank.clock())
  if (verdict !== 'good') throw new BankRefusal(401, `signature-${verdict}`)
  return { body: text === '' ? null : readJson(text), key, query: searchParams }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new BankRefusal(400, 'malformed')
  }
}

function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value)
  if (!parsed.success) throw new BankRefusal(400, 'malformed')
  return parsed.data
}
