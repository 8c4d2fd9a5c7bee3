import { createHmac, randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { openPayment } from '@/lib/bank/open-payment'
import { requestText, sign, verify } from '@/lib/bank/protocol'
import { MINUTE_MS, SECOND_MS, after } from '@/lib/kernel/time'
import { db } from '@/tests/support/database'
import { NOW } from '@/tests/support/factories'
import { bank, bankKey, bankUrl, mallUrl, pressPay, provider } from '@/tests/support/sandbox'

const KEY = Buffer.alloc(32, 7)

interface Call {
  readonly method?: 'GET' | 'POST'
  readonly key?: string
  readonly body?: unknown
  readonly signature?: string
  readonly at?: Date
}

async function call(
  path: string,
  { method = 'POST', key = '', body, signature, at = NOW }: Call,
): Promise<{ status: number; answer: unknown }> {
  const text = body === undefined ? '' : JSON.stringify(body)
  const response = await fetch(new URL(path, bankUrl), {
    method,
    headers: {
      'idempotency-key': key,
      'keybond-bank-signature': signature ?? sign(bankKey, requestText(method, path, key, text), at),
    },
    ...(body === undefined ? {} : { body: text }),
  })
  return { status: response.status, answer: await response.json() }
}

function anOpening(changes: object = {}) {
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

async function aCapturedPayment(amountMinor = 1_000): Promise<string> {
  const { id } = await openPayment(bank, randomUUID(), anOpening({ amountMinor }))
  await pressPay(id, { lose: 'on' })
  const { id: captureId } = await db.bankCapture.findFirstOrThrow({ where: { paymentId: id } })
  return captureId
}

describe('signatures', () => {
  test('are HMAC-SHA256 over the moment, a dot and the text', () => {
    const hex = createHmac('sha256', KEY).update('1700000000.{"a":1}').digest('hex')
    expect(sign(KEY, '{"a":1}', new Date(1_700_000_000_999))).toBe(`t=1700000000,v1=${hex}`)
  })

  test('hold for five minutes in both directions, and only for their text and key', () => {
    const header = sign(KEY, 'text', NOW)
    expect(verify(KEY, header, 'text', after(NOW, 5 * MINUTE_MS))).toBe('good')
    expect(verify(KEY, header, 'text', after(NOW, 5 * MINUTE_MS + SECOND_MS))).toBe('stale')
    expect(verify(KEY, header, 'text', after(NOW, -5 * MINUTE_MS - SECOND_MS))).toBe('stale')
    expect(verify(KEY, header, 'text ', NOW)).toBe('forged')
    expect(verify(Buffer.alloc(32), header, 'text', NOW)).toBe('forged')
    // An old signature by somebody else is forged, not stale.
    expect(verify(KEY, sign(Buffer.alloc(32), 'text', after(NOW, -MINUTE_MS * 9)), 'text', NOW)).toBe('forged')
  })

  test.each([
    null,
    '',
    't=1',
    'v1=00',
    't=1,v1=00',
    `t=1,v1=${'g'.repeat(64)}`,
    `t=1,v1=${'0'.repeat(64)},v1=1`,
    `t=-1,v1=${'0'.repeat(64)}`,
  ])('that are none (%s) are forged', (header) => {
    expect(verify(KEY, header, 'text', NOW)).toBe('forged')
  })
})

describe('the API', () => {
  test('answers nobody who does not sign, signs too early or for another address', async () => {
    const { id } = await openPayment(bank, randomUUID(), anOpening())
    const path = `/bank/api/payments/${id}`
    expect(await call(path, { method: 'GET', signature: 'none' })).toEqual({
      status: 401,
      answer: { error: 'signature-forged' },
    })
    expect(await call(path, { method: 'GET', at: after(NOW, -10 * MINUTE_MS) })).toEqual({
      status: 401,
      answer: { error: 'signature-stale' },
    })
    const elsewhere = sign(bankKey, requestText('GET', '/bank/api/payments/other', '', ''), NOW)
    expect(await call(path, { method: 'GET', signature: elsewhere })).toMatchObject({ status: 401 })
    expect(await call(path, { method: 'GET' })).toMatchObject({
      status: 200,
      answer: { id, status: 'OPEN', captures: [] },
    })
  })

  test('knows its addresses', async () => {
    for (const path of [
      '/bank/api/payments',
      `/bank/api/payments/${randomUUID()}`,
      '/bank/api/payments/x',
      '/bank/api',
      '/bank/api/payments/1/2',
    ]) {
      expect(await call(path, { method: 'GET' })).toEqual({ status: 404, answer: { error: 'not-found' } })
    }
  })

  test('opens once per key, also when asked ten times at once', async () => {
    const [key, body] = [randomUUID(), anOpening()]
    const answers = await Promise.all(Array.from({ length: 10 }, () => call('/bank/api/payments', { key, body })))
    expect(new Set(answers.map(({ answer }) => JSON.stringify(answer))).size).toBe(1)
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 200))
    const other = { ...body, amountMinor: 999 }
    expect(await call('/bank/api/payments', { key, body: other })).toEqual({
      status: 409,
      answer: { error: 'key-reused' },
    })
  })

  test.each([
    ['an address of somebody else to return to', { returnUrl: 'https://evil.example.com/' }, 'foreign-address'],
    ['an address inside to post to', { notifyUrl: 'http://169.254.169.254/latest' }, 'foreign-address'],
    ['another scheme', { notifyUrl: 'file:///etc/passwd' }, 'foreign-address'],
    ['nothing to pay', { amountMinor: 0 }, 'malformed'],
    ['half a cent', { amountMinor: 1.5 }, 'malformed'],
    ['no reference', { reference: '' }, 'malformed'],
  ])('does not open with %s', async (_what, changes, error) => {
    expect(await call('/bank/api/payments', { key: randomUUID(), body: anOpening(changes) })).toEqual({
      status: 400,
      answer: { error },
    })
  })

  test('asks for an idempotency key', async () => {
    expect(await call('/bank/api/payments', { body: anOpening() })).toEqual({
      status: 400,
      answer: { error: 'malformed' },
    })
  })
})

describe('refunds', () => {
  test('go out once per key', async () => {
    const [captureId, key] = [await aCapturedPayment(), randomUUID()]
    const body = { captureId, amountMinor: 400 }
    const answers = await Promise.all(Array.from({ length: 5 }, () => call('/bank/api/refunds', { key, body })))
    expect(new Set(answers.map(({ answer }) => JSON.stringify(answer))).size).toBe(1)
    expect(await db.bankCapture.findUnique({ where: { id: captureId } })).toMatchObject({ refundedMinor: 400 })
    expect(await call('/bank/api/refunds', { key, body: { captureId, amountMinor: 401 } })).toMatchObject({
      status: 409,
    })
  })

  test('never exceed the capture, however many are asked for at once', async () => {
    const captureId = await aCapturedPayment(1_000)
    const ask = () => call('/bank/api/refunds', { key: randomUUID(), body: { captureId, amountMinor: 300 } })
    const answers = await Promise.all(Array.from({ length: 8 }, ask))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(3)
    expect(answers.filter(({ status }) => status === 422)).toHaveLength(5)
    expect(await db.bankCapture.findUnique({ where: { id: captureId } })).toMatchObject({ refundedMinor: 900 })
    expect(await db.bankRefund.count({ where: { captureId } })).toBe(3)
    await expect(provider.refund({ refundId: randomUUID(), captureRef: captureId, amountMinor: 101 })).rejects.toThrow(
      '422',
    )
    await expect(db.bankCapture.update({ where: { id: captureId }, data: { refundedMinor: 1_001 } })).rejects.toThrow(
      'bank_capture_sound',
    )
  })

  test('of an unknown capture are refused', async () => {
    expect(
      await call('/bank/api/refunds', { key: randomUUID(), body: { captureId: randomUUID(), amountMinor: 1 } }),
    ).toEqual({
      status: 404,
      answer: { error: 'unknown-capture' },
    })
  })
})
