import { createHmac, randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { openPayment } from '@/lib/bank/open-payment'
import { requestText, sign, verify } from '@/lib/bank/protocol'
import { MINUTE_MS, SECOND_MS, after } from '@/lib/kernel/time'
import { anOpening, bank, bankKey, mallUrl, clock } from '@/tests/support/bank'
import { ask } from '@/tests/support/bank-api'

const KEY = Buffer.alloc(32, 7)
const NOW = clock.now

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
    expect(await ask(path, { method: 'GET', signature: 'none' })).toEqual({
      status: 401,
      answer: { error: 'signature-forged' },
    })
    expect(await ask(path, { method: 'GET', at: after(NOW, -10 * MINUTE_MS) })).toEqual({
      status: 401,
      answer: { error: 'signature-stale' },
    })
    const elsewhere = sign(bankKey, requestText('GET', '/bank/api/payments/other', '', ''), NOW)
    expect(await ask(path, { method: 'GET', signature: elsewhere })).toMatchObject({ status: 401 })
    expect(await ask(path, { method: 'GET' })).toMatchObject({
      status: 200,
      answer: { id, status: 'OPEN', captures: [] },
    })
  })

  test.each([
    'refunds',
    'transfers',
    'accounts',
    `accounts/${randomUUID()}/links`,
    `disputes/${randomUUID()}/evidence`,
  ])('takes no forged POST %s', async (noun) => {
    const body = { amountMinor: 1 }
    const path = `/bank/api/${noun}`
    const forged = sign(Buffer.alloc(32), requestText('POST', path, 'k', JSON.stringify(body)), NOW)
    expect(await ask(path, { key: 'k', body, signature: forged })).toMatchObject({ status: 401 })
    // Signed well, but for another idempotency key, or another body.
    for (const text of [
      requestText('POST', path, 'other', JSON.stringify(body)),
      requestText('POST', path, 'k', '{"amountMinor":2}'),
    ]) {
      expect(await ask(path, { key: 'k', body, signature: sign(bankKey, text, NOW) })).toMatchObject({ status: 401 })
    }
  })

  test('signs the query of an address, too', async () => {
    const path = `/bank/api/movements?since=${NOW.toISOString()}`
    const signature = sign(bankKey, requestText('GET', path, '', ''), NOW)
    expect(await ask(path, { method: 'GET', signature })).toMatchObject({ status: 200 })
    expect(await ask(`${path}&cursor=5`, { method: 'GET', signature })).toMatchObject({ status: 401 })
  })

  test('knows its addresses', async () => {
    for (const path of [
      '/bank/api/payments',
      `/bank/api/payments/${randomUUID()}`,
      `/bank/api/refunds/${randomUUID()}`,
      `/bank/api/accounts/${randomUUID()}`,
      `/bank/api/transfers/${randomUUID()}`,
      `/bank/api/disputes/${randomUUID()}`,
      '/bank/api/payments/x',
      '/bank/api/constructor',
      '/bank/api',
      '/bank/api/payments/1/2',
    ]) {
      expect(await ask(path, { method: 'GET' })).toEqual({ status: 404, answer: { error: 'not-found' } })
    }
  })

  test('opens once per key, also when asked ten times at once', async () => {
    const [key, body] = [randomUUID(), anOpening()]
    const answers = await Promise.all(Array.from({ length: 10 }, () => ask('/bank/api/payments', { key, body })))
    expect(new Set(answers.map(({ answer }) => JSON.stringify(answer))).size).toBe(1)
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 200))
    const other = { ...body, amountMinor: 999 }
    expect(await ask('/bank/api/payments', { key, body: other })).toEqual({
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
    expect(await ask('/bank/api/payments', { key: randomUUID(), body: anOpening(changes) })).toEqual({
      status: 400,
      answer: { error },
    })
  })

  test.each(['payments', 'refunds', 'accounts', 'transfers'])('asks for an idempotency key: %s', async (noun) => {
    const body = {
      ...anOpening(),
      captureId: randomUUID(),
      accountId: randomUUID(),
      name: 'x',
      email: 'x@example.com',
      notifyUrl: `${mallUrl}/api/webhooks/sandbox`,
    }
    expect(await ask(`/bank/api/${noun}`, { body })).toEqual({ status: 400, answer: { error: 'malformed' } })
  })

  test('reads no more than it has room for', async () => {
    expect(await ask('/bank/api/refunds', { key: 'k', body: 'x'.repeat(600_000) })).toEqual({
      status: 413,
      answer: { error: 'too-large' },
    })
  })
})
