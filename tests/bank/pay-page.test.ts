import { createHash, randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { refundCapture } from '@/lib/bank/refund-capture'
import { db } from '@/tests/support/database'
import {
  aPaidPayment,
  anOpenPayment,
  bank,
  bankUrl,
  expectBankSound,
  look,
  mallEnd,
  mallUrl,
  pressPay,
  provider,
  settled,
} from '@/tests/support/bank'

async function aPayment(changes: Parameters<typeof anOpenPayment>[0] = {}): Promise<string> {
  return anOpenPayment({ amountMinor: 123_456, returnUrl: `${mallUrl}/orders/KB1?a=1&b=2`, ...changes })
}

describe('the payment page', () => {
  test('says what is paid, in the language of the shop or the one asked for', async () => {
    const id = await aPayment()
    const chinese = await look(`/bank/pay/${id}`)
    expect(chinese.text).toContain('<html lang="zh-CN">')
    expect(chinese.text).toContain('¥1,234.56')
    expect(chinese.text).toContain('沙盒银行 Sandbox bank')
    expect(chinese.text).toContain('Keybond KB1')
    const english = await look(`/bank/pay/${id}?lang=en`)
    expect(english.text).toContain('<html lang="en">')
    expect(english.text).toContain('Pay CN¥1,234.56')
    expect(english.text).toContain('action="?lang=en"')
    expect((await look(`/bank/pay/${id}?lang=xx`)).text).toContain('<html lang="zh-CN">')
  })

  test('runs no script, is not stored, and escapes what it was given', async () => {
    const id = await aPayment({ description: `<img src=x onerror="alert('1')">` })
    const { response, text } = await look(`/bank/pay/${id}`)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
    const style = /<style>(.*)<\/style>/su.exec(text)?.[1] ?? ''
    const hash = createHash('sha256').update(style).digest('base64')
    expect(response.headers.get('content-security-policy')).toContain(`style-src 'sha256-${hash}'`)
    expect(text).not.toContain('<img')
    expect(text).not.toContain('<script')
    expect(text).toContain('&#60;img src=x onerror=&#34;alert(&#39;1&#39;)&#34;&#62;')
    expect(text).toContain(`href="${mallUrl}/orders/KB1?a=1&#38;b=2"`)
  })

  test('does not exist for ids that are none', async () => {
    for (const path of [`/bank/pay/${randomUUID()}`, '/bank/pay/1', '/bank/pay', '/bank', '/bank/pay/1/2']) {
      const { response, text } = await look(path)
      expect(response.status).toBe(404)
      expect(text).toContain('没有这笔付款')
    }
  })

  test('paid once, shows the statement with refunds and callbacks, and pays no more', async () => {
    const id = await aPayment()
    await pressPay(id)
    await settled()
    const capture = await db.bankCapture.findFirstOrThrow({ where: { paymentId: id } })
    await refundCapture(bank, randomUUID(), { captureId: capture.id, amountMinor: 456 })
    const { text } = await look(`/bank/pay/${id}?lang=en`)
    expect(text).not.toContain('name="underpay"')
    expect(text).toContain('-CN¥1,234.56')
    expect(text).toContain('>CN¥4.56<')
    expect(text).toContain('payment.captured')
    expect((await pressPay(id, { duplicate: 'on' })).status).toBe(303)
    expect(await db.bankCapture.count({ where: { paymentId: id } })).toBe(1)
  })

  test('is not paid by a form on another site', async () => {
    const id = await aPayment()
    const answer = await fetch(new URL(`/bank/pay/${id}`, bankUrl), {
      method: 'POST',
      headers: { 'sec-fetch-site': 'cross-site' },
    })
    expect(answer.status).toBe(403)
    expect(await db.bankPayment.findUnique({ where: { id } })).toMatchObject({ status: 'OPEN' })
  })

  test('takes switches that make no sense as off', async () => {
    const id = await aPayment()
    const nonsense = { delaySeconds: '-5', underpay: 'all', currency: 'gold', refunds: 'maybe', other: 'on' }
    await pressPay(id, { duplicate: 'yes', ...nonsense })
    expect(await db.bankCapture.findMany({ where: { paymentId: id } })).toMatchObject([
      { amountMinor: 123_456, currency: 'CNY' },
    ])
    expect(await db.bankCallback.count({ where: { paymentId: id } })).toBe(1)
  })

  test('gives up on a shop that never answers, and says so', async () => {
    const id = await aPayment({ notifyUrl: `${mallUrl}/elsewhere` })
    await pressPay(id, { delaySeconds: '3600' })
    await db.bankCallback.updateMany({ where: { paymentId: id }, data: { attempts: 20, dueAt: null } })
    expect((await look(`/bank/pay/${id}`)).text).toContain('试了 20 次没有送达')
  })

  test('says until when the shop would like to have the money, and takes it later all the same', async () => {
    const id = await aPayment({ payBy: '2026-02-03T06:04:00.000Z' })
    expect((await look(`/bank/pay/${id}?lang=en`)).text).toContain('Merchant asks to pay by')
    await pressPay(id)
    expect(await provider.fetchPayment(id)).toMatchObject({ captures: [{ amountMinor: 123_456 }] })
    expect((await look(`/bank/pay/${id}?lang=en`)).text).not.toContain('Merchant asks to pay by')
  })

  test('currency=USD takes the same number in another currency', async () => {
    const { paymentId } = await aPaidPayment({ currency: 'USD', duplicate: 'on' })
    const money = { amountMinor: 1_000, currency: 'USD' }
    expect(await provider.fetchPayment(paymentId)).toMatchObject({ captures: [money, money] })
    expect(mallEnd.heard).toMatchObject([{ data: money }, { data: money }])
    expect((await look(`/bank/pay/${paymentId}`)).text).toContain('-US$10.00')
    await expectBankSound()
  })

  test('newsletter=on tells the shop something more that it does not know', async () => {
    await aPaidPayment({ newsletter: 'on' })
    expect(mallEnd.heard.map(({ type }) => type).sort()).toEqual(['bank.newsletter', 'payment.captured'])
  })
})
