import { beforeEach, expect, test } from 'vitest'
import { MailRefused, notify, sweepNotifications } from '@/lib/domain/notifications'
import { DAY_MS, HOUR_MS, MINUTE_MS, after } from '@/lib/kernel/time'
import { db } from '@/tests/support/database'
import { NOW, run } from '@/tests/support/factories'
import { aMailer } from '@/tests/support/notes'

const failures: unknown[] = []
const onError = (error: unknown) => void failures.push(error)
beforeEach(async () => {
  failures.length = 0
  await db.notification.deleteMany()
})

async function someNotes(count: number): Promise<void> {
  for (let made = 0; made < count; made++) {
    const number = `KB-${made}`
    const data = { number, amountMinor: 100, currency: 'CNY', whole: false } as const
    const to = { email: `b${made}@example.com`, locale: 'en' }
    await run((tx) => notify(tx, { kind: 'order-refunded', dedupeKey: number, data, to }, NOW))
  }
}
const rows = () => db.notification.findMany({ orderBy: { email: 'asc' } })

test('sends what is due, once, however many sweep', async () => {
  await someNotes(20)
  const mailer = aMailer()
  const reports = await Promise.all([1, 2, 3].map(() => sweepNotifications(run, mailer, NOW, onError)))
  expect(reports.reduce((sum, { sent }) => sum + sent, 0)).toBe(20)
  expect(new Set(mailer.sent.map(({ email }) => email)).size).toBe(20)
  expect(mailer.sent).toHaveLength(20)
  expect(await rows()).toEqual(
    expect.arrayContaining([expect.objectContaining({ sentAt: NOW, dueAt: null, attempts: 1 })]),
  )
  expect(await sweepNotifications(run, mailer, after(NOW, DAY_MS), onError)).toEqual({ sent: 0, failed: 0, givenUp: 0 })
})

test('a server that is down puts everything off and is not asked for the rest of the queue', async () => {
  await someNotes(20)
  const mailer = aMailer()
  mailer.failure = new Error('nobody there')
  expect(await sweepNotifications(run, mailer, NOW, onError)).toEqual({ sent: 0, failed: 8, givenUp: 0 })
  expect(failures).toHaveLength(8)
  mailer.failure = null
  expect(await sweepNotifications(run, mailer, NOW, onError)).toMatchObject({ sent: 12 })
  const [failed] = await db.notification.findMany({ where: { sentAt: null } })
  expect(failed).toMatchObject({ attempts: 1, lastError: 'nobody there', dueAt: after(NOW, 5 * MINUTE_MS) })
  expect(await sweepNotifications(run, mailer, after(NOW, 5 * MINUTE_MS), onError)).toMatchObject({ sent: 8 })
  expect(await db.notification.count({ where: { dueAt: { not: null } } })).toBe(0)
})

test('waits longer each time, tries for more than a day and gives up after eight', async () => {
  await someNotes(1)
  const mailer = aMailer()
  mailer.failure = new Error('nobody there')
  let now = NOW
  const waits: number[] = []
  for (let tried = 0; tried < 8; tried++) {
    await sweepNotifications(run, mailer, now, onError)
    const [row] = await rows()
    if (row?.dueAt) {
      waits.push((row.dueAt.getTime() - now.getTime()) / MINUTE_MS)
      now = row.dueAt
    }
  }
  expect(waits).toEqual([5, 15, 45, 135, 405, 720, 720])
  expect(now.getTime() - NOW.getTime()).toBeGreaterThan(DAY_MS)
  expect(await rows()).toMatchObject([{ attempts: 8, dueAt: null, sentAt: null, lastError: 'nobody there' }])
})

test('an address that will never take it is given up at once, and so is news of days ago', async () => {
  await someNotes(1)
  const mailer = aMailer()
  mailer.failure = new MailRefused('no such mailbox')
  expect(await sweepNotifications(run, mailer, NOW, onError)).toEqual({ sent: 0, failed: 0, givenUp: 1 })
  expect(await rows()).toMatchObject([{ dueAt: null, lastError: 'no such mailbox' }])
  await db.notification.deleteMany()
  await someNotes(1)
  const well = aMailer()
  expect(await sweepNotifications(run, well, after(NOW, 4 * DAY_MS), onError)).toMatchObject({ givenUp: 1, sent: 0 })
  expect(well.sent).toEqual([])
})

test('killed while sending, it is sent again under the same id', async () => {
  await someNotes(1)
  const killed = { send: () => new Promise<void>(() => undefined) }
  void sweepNotifications(run, killed, NOW, onError)
  await expect.poll(async () => (await rows())[0]?.attempts).toBe(1)
  const mailer = aMailer()
  expect(await sweepNotifications(run, mailer, after(NOW, MINUTE_MS), onError)).toMatchObject({ sent: 0 })
  expect(await sweepNotifications(run, mailer, after(NOW, HOUR_MS), onError)).toMatchObject({ sent: 1 })
  expect(mailer.sent[0]?.id).toBe((await rows())[0]?.id)
})

test("a row that cannot be read stands in nobody's way", async () => {
  await someNotes(2)
  await db.notification.updateMany({ where: { email: 'b0@example.com' }, data: { data: { broken: true } } })
  const mailer = aMailer()
  expect(await sweepNotifications(run, mailer, NOW, onError)).toEqual({ sent: 1, failed: 1, givenUp: 0 })
  expect(mailer.sent.map(({ email }) => email)).toEqual(['b1@example.com'])
})
