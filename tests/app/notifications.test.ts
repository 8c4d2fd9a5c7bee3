import { beforeEach, expect, test, vi } from 'vitest'
import { readMerchantNotificationsAction, readNotificationsAction } from '@/app/[locale]/_notifications/actions'
import { notify } from '@/lib/domain/notifications'
import { findSession } from '@/lib/queries/session'
import { listNotifications } from '@/lib/queries/notifications'
import { SECOND_MS, after } from '@/lib/kernel/time'
import { IDLE } from '@/lib/web/action-state'
import type { SessionUser } from '@/lib/web/session'
import { db } from '@/tests/support/database'
import { NOW, aBuyer, aMerchant, run } from '@/tests/support/factories'
import { aMerchantUser } from '@/tests/support/notes'

const sender = vi.hoisted(() => ({ user: null as SessionUser | null }))
vi.mock('@/lib/web/session', () => ({ currentUser: async () => Promise.resolve(sender.user) }))
vi.mock('@/lib/web/guest-access', () => ({ guestCheckoutIds: async () => Promise.resolve([]) }))
vi.mock('next-intl/server', () => ({ getLocale: async () => Promise.resolve('en') }))
vi.mock('next/cache', () => ({ revalidatePath: () => undefined }))

beforeEach(() => {
  sender.user = null
})

async function told(userId: string, at: Date): Promise<void> {
  const data = { number: 'KB-1', amountMinor: 1, currency: 'CNY', whole: true } as const
  const note = { kind: 'order-refunded', dedupeKey: at.toISOString(), data } as const
  await run((tx) => notify(tx, { ...note, to: { userId } }, at))
}

async function read(action: typeof readNotificationsAction, userId: string | null, until: Date): Promise<string> {
  sender.user = userId === null ? null : await db.user.findUniqueOrThrow({ where: { id: userId } })
  const form = new FormData()
  form.set('until', until.toISOString())
  const state = await action(IDLE, form)
  return state.status === 'refused' ? state.code : state.status
}

const unreadOf = async (userId: string) => (await findSession(db, userId))?.unread

test("marks the reader's own notifications up to the newest that was shown", async () => {
  const [{ buyerId }, { buyerId: other }] = [await aBuyer(), await aBuyer()]
  for (const userId of [buyerId, other]) await told(userId, NOW)
  await told(buyerId, after(NOW, SECOND_MS))
  expect(await unreadOf(buyerId)).toBe(2)
  expect(await read(readNotificationsAction, buyerId, NOW)).toBe('done')
  expect(await unreadOf(buyerId)).toBe(1)
  expect(await unreadOf(other)).toBe(1)
  const { rows } = await listNotifications(db, buyerId, 1)
  expect(rows.map(({ unread }) => unread)).toEqual([true, false])
})

test('colleagues at a merchant have their own marks, and other roles have nothing to mark there', async () => {
  const merchantId = await aMerchant()
  const [one, other] = [await aMerchantUser(merchantId), await aMerchantUser(merchantId)]
  for (const userId of [one, other]) await told(userId, NOW)
  expect(await read(readMerchantNotificationsAction, one, NOW)).toBe('done')
  expect([await unreadOf(one), await unreadOf(other)]).toEqual([0, 1])
  expect(await read(readNotificationsAction, other, NOW)).toBe('auth/required')
  expect(await read(readNotificationsAction, null, NOW)).toBe('auth/required')
  expect(await read(readMerchantNotificationsAction, (await aBuyer()).buyerId, NOW)).toBe('access/not-found')
  expect(await unreadOf(other)).toBe(1)
})
