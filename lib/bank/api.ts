import { readBody } from '@/lib/kernel/read-body'
import { z } from 'zod'
import { type Bank, BankRefusal } from './bank'
import { findPayment } from './find-payment'
import { openPayment } from './open-payment'
import { IDEMPOTENCY_HEADER, OpenPaymentInput, RefundInput, SIGNATURE_HEADER, requestText, verify } from './protocol'
import { refundCapture } from './refund-capture'

const MOST_BODY = 16_384
const Key = z.string().regex(/^[\w:.-]{1,100}$/u)

/** The bank's API for the shop; see README.md for the endpoints. Every request is signed. */
export async function answerApi(bank: Bank, request: Request, segments: readonly string[]): Promise<Response> {
  try {
    const { body, key } = await authenticate(bank, request)
    const [noun, id, more] = segments
    const call = more === undefined ? `${request.method} ${noun ?? ''}${id === undefined ? '' : '/:id'}` : ''
    if (call === 'POST payments')
      return Response.json(await openPayment(bank, parse(Key, key), parse(OpenPaymentInput, body)))
    if (call === 'POST refunds')
      return Response.json(await refundCapture(bank, parse(Key, key), parse(RefundInput, body)))
    if (call === 'GET payments/:id') {
      const found = z.uuid().safeParse(id).success && id !== undefined ? await findPayment(bank, id) : null
      if (found) return Response.json(found)
    }
    throw new BankRefusal(404, 'not-found')
  } catch (error) {
    if (error instanceof BankRefusal) return Response.json({ error: error.message }, { status: error.status })
    throw error
  }
}

async function authenticate(bank: Bank, request: Request): Promise<{ body: unknown; key: string }> {
  const text = await readBody(request, MOST_BODY)
  if (text === null) throw new BankRefusal(413, 'too-large')
  const key = request.headers.get(IDEMPOTENCY_HEADER) ?? ''
  const signed = requestText(request.method, new URL(request.url).pathname, key, text)
  const verdict = verify(bank.key, request.headers.get(SIGNATURE_HEADER), signed, bank.clock())
  if (verdict !== 'good') throw new BankRefusal(401, `signature-${verdict}`)
  return { body: text === '' ? null : readJson(text), key }
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
