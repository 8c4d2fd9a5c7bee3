import { expect, onTestFinished, test } from 'vitest'
import { MailRefused, type NoteToSend, type NotificationKind, readNote } from '@/lib/domain/notifications'
import { parseEnv } from '@/lib/infra/env'
import { createOutboxMailer } from '@/lib/infra/mail/outbox-mailer'
import { renderMail } from '@/lib/infra/mail/render-mail'
import { createSmtpMailer } from '@/lib/infra/mail/smtp-mailer'
import { newId } from '@/lib/kernel/ids'
import { DAY_MS, after } from '@/lib/kernel/time'
import { db } from '@/tests/support/database'
import { NOW, run } from '@/tests/support/factories'
import { aBadMailServer, aMailServer } from '@/tests/support/smtp'

const ORIGIN = 'https://mall.example.com'
const FROM = 'Keybond <mall@example.com>'

const NAMES = { product: { zh: '星海点卡', en: 'Starsea' }, variant: { zh: '100 点', en: null } }
const EXAMPLES: Record<NotificationKind, object> = {
  'low-stock': { variantId: newId(), ...NAMES, left: 2 },
  'stock-expiring': { variantId: newId(), ...NAMES, count: 3, firstAt: NOW.toISOString() },
  'case-news': {
    complaintId: '019aa000-0000-7000-8000-00000000c0de',
    number: 'KC260203-ABCD1234',
    order: 'KB260203-ABCD1234',
    side: 'BUYER',
    what: 'offered',
  },
  'case-due': {
    complaintId: '019aa000-0000-7000-8000-00000000c0de',
    number: 'KC260203-ABCD1234',
    order: 'KB260203-ABCD1234',
    side: 'MERCHANT',
    what: 'reply',
    dueAt: '2026-02-04T06:05:00.000Z',
  },
  'delivery-wanted': { orderId: newId(), number: 'KB-7', dueAt: NOW.toISOString() },
  'delivery-due': { orderId: newId(), number: 'KB-7', dueAt: NOW.toISOString() },
  'delivery-overdue': { orderId: newId(), number: 'KB-7', penaltyMinor: 250, currency: 'CNY' },
  'order-delivered': { numbers: ['KB-7', 'KB-8'] },
  'order-refunded': { number: 'KB-7', amountMinor: 1230, currency: 'CNY', whole: false },
  'order-frozen': { number: 'KB-7' },
  'batch-frozen': { variantId: newId(), ...NAMES, batchId: newId(), reason: '来源不明 <b>' },
}
const mail = (kind: string, data: object, locale = 'zh-CN'): NoteToSend => ({
  id: newId(),
  email: 'buyer@example.com',
  locale,
  note: readNote(kind, data),
})
const refund = (locale?: string) => mail('order-refunded', EXAMPLES['order-refunded'], locale)
const sending = (url: string, timeoutMs = 5_000) =>
  createSmtpMailer({ url, from: FROM, origin: ORIGIN, timeoutMs }).send(refund(), NOW)

test.for(Object.entries(EXAMPLES))('%s has a text in both languages, filled in, with its link', ([kind, data]) => {
  for (const locale of ['zh-CN', 'en']) {
    const { subject, text, html } = renderMail(mail(kind, data, locale), ORIGIN)
    const page = readNote(kind, data).page
    const link = `${ORIGIN}${locale === 'en' ? '/en' : ''}${page}`
    for (const said of [subject, text, html]) expect(said).not.toMatch(/[{}]|undefined|\bmail\.|Invalid/u)
    expect(subject.length).toBeGreaterThan(5)
    expect(text).toContain(link)
    expect(html).toContain(`href="${link}"`)
  }
})

test("texts of merchants cannot break out of the e-mail's HTML or its subject", () => {
  const data = { ...EXAMPLES['batch-frozen'], product: { zh: '甲\r\nBcc: x@example.com', en: null } }
  const { subject, html } = renderMail(mail('batch-frozen', data), ORIGIN)
  expect(subject).not.toMatch(/[\r\n]/u)
  expect(html).toContain('来源不明 &lt;b&gt;')
  expect(html).not.toContain('<b>')
})

test('sends subject, text and HTML, with a Message-ID that stays', async () => {
  const server = await aMailServer()
  onTestFinished(server.close)
  const mailer = createSmtpMailer({ url: server.url, from: FROM, origin: ORIGIN })
  const one = refund('en')
  await mailer.send(one, NOW)
  await mailer.send(one, NOW)
  const [first, second] = server.received
  expect(first?.to).toEqual(['buyer@example.com'])
  expect(first?.raw).toContain('Subject: =?UTF-8?Q?Refund=3A_')
  expect(first?.raw).toContain(`Message-ID: <${one.id}@mall.example.com>`)
  expect(second?.raw).toContain(`Message-ID: <${one.id}@mall.example.com>`)
  expect(first?.raw).toContain('Auto-Submitted: auto-generated')
  expect(first?.raw).toMatch(/multipart\/alternative/u)
})

test('signs in, and never tells its password to a server without TLS elsewhere', async () => {
  const seen: string[] = []
  const server = await aMailServer({
    authOptional: false,
    onAuth({ username, password }, _session, done) {
      seen.push(`${username}/${password}`)
      done(null, { user: username })
    },
  })
  onTestFinished(server.close)
  await sending(server.url.replace('//', '//mall:s3cret@'))
  expect(seen).toEqual(['mall/s3cret'])
  const elsewhere = server.url.replace('//', '//mall:s3cret@').replace('127.0.0.1', '127.0.0.2')
  await expect(sending(elsewhere)).rejects.toThrow(/^mail not taken: ETLS/u)
  expect(seen).toHaveLength(1)
})

test('a refused receiver is for good, a full mailbox and a wrong password are not', async () => {
  const answers = [550, 452]
  const server = await aMailServer({
    onRcptTo(_address, _session, done) {
      done(Object.assign(new Error('no buyer@example.com here'), { responseCode: answers.shift() }))
    },
  })
  onTestFinished(server.close)
  const refused = await sending(server.url).catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(MailRefused)
  expect(String(refused)).not.toContain('buyer@example.com')
  await expect(sending(server.url)).rejects.not.toBeInstanceOf(MailRefused)

  const strict = await aMailServer({
    authOptional: false,
    onAuth: (_auth, _session, done) => done(Object.assign(new Error('who?'), { responseCode: 535 })),
  })
  onTestFinished(strict.close)
  const unknown = await sending(strict.url.replace('//', '//mall:wrong@')).catch((error: unknown) => error)
  expect(unknown).not.toBeInstanceOf(MailRefused)
  expect(String(unknown)).not.toContain('wrong@')
})

test('a server that says nothing, hangs in the middle, dies or is not there fails in time', async () => {
  const silent = await aBadMailServer(() => undefined)
  const hanging = await aBadMailServer((socket) => void socket.write('220 mail.example.com\r\n'))
  const dying = await aBadMailServer((socket) => {
    socket.write('220 mail.example.com\r\n')
    socket.once('data', () => socket.destroy())
  })
  const gone = await aBadMailServer(() => undefined)
  gone.close()
  for (const { close } of [silent, hanging, dying]) onTestFinished(close)
  for (const { url } of [silent, hanging, dying, gone]) {
    const failure = await sending(url, 300).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(Error)
    expect(failure).not.toBeInstanceOf(MailRefused)
  }
})

test('without a server e-mails stay in the development mailbox, once, for a week', async () => {
  const mailer = createOutboxMailer(run, ORIGIN)
  const one = refund()
  await mailer.send(one, NOW)
  await mailer.send(one, NOW)
  expect(await db.outboxMail.findMany()).toMatchObject([{ id: one.id, to: 'buyer@example.com' }])
  const later = refund()
  await mailer.send(later, after(NOW, 8 * DAY_MS))
  expect(await db.outboxMail.findMany()).toMatchObject([{ id: later.id }])
})

test('the settings of mail come together, and look like it', () => {
  const url = 'smtps://mall:s3cret@mail.example.com'
  expect(parseEnv({ KEYBOND_SMTP_URL: url, KEYBOND_MAIL_FROM: FROM }).KEYBOND_SMTP_URL).toBe(url)
  expect(() => parseEnv({ KEYBOND_SMTP_URL: url })).toThrow('work together')
  expect(() => parseEnv({ KEYBOND_MAIL_FROM: FROM })).toThrow('work together')
  expect(() => parseEnv({ KEYBOND_SMTP_URL: 'mail.example.com', KEYBOND_MAIL_FROM: FROM })).toThrow('must look like')
  expect(() => parseEnv({ KEYBOND_SMTP_URL: url, KEYBOND_MAIL_FROM: 'a@b\nBcc: c@d' })).toThrow('must look like')
})
