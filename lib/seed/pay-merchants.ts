import { completeAccount } from '@/lib/bank/complete-account'
import { refuseNextTransfer } from '@/lib/bank/refuse-next-transfer'
import { balanceOf, merchantAvailable } from '@/lib/domain/ledger'
import {
  duePayouts,
  matureEarnings,
  openPayoutAccount,
  requestPayout,
  schedulePayouts,
  setPayoutSchedule,
  settlePayout,
} from '@/lib/domain/merchants'
import { idFor } from '@/lib/kernel/ids'
import { DAY_MS, HOUR_MS, MINUTE_MS, after } from '@/lib/kernel/time'
import { bankDesk } from './bank-desk'
import type { Mall } from './mall'

/** Merchants with an account at the bank; whoever has not completed it cannot be paid out yet. */
const ACCOUNTS = [
  { slug: 'xingqiao', completed: true, weekly: true },
  { slug: 'heikuo', completed: true },
  { slug: 'guangying', completed: true },
  { slug: 'lvyin', completed: true },
  { slug: 'tangguo', completed: true },
  { slug: 'baili', completed: false },
]

interface Asked {
  readonly slug: string
  readonly daysAgo: number
  /** Part of what is available. */
  readonly percent: number
  /** The bank declines it. */
  readonly declined?: boolean
}

/** Payouts that merchants asked for themselves. */
const ASKED: readonly Asked[] = [
  { slug: 'heikuo', daysAgo: 9, percent: 60 },
  { slug: 'guangying', daysAgo: 5, percent: 100, declined: true },
  { slug: 'tangguo', daysAgo: 2, percent: 100 },
]

/** The last one of all is still on its way. */
const ON_ITS_WAY: Asked = { slug: 'lvyin', daysAgo: 0, percent: 50 }

const DAYS = 28
/** Everything that matured until this long before the end has been paid out to who asked for it. */
const LAST_MS = 40 * MINUTE_MS

/**
 * Plays four weeks of money on its way to merchants, day by day: earnings mature, schedules and people ask for payouts, the
 * bank makes or declines them. Played again it goes on where it was interrupted.
 */
export async function payMerchants(mall: Mall): Promise<void> {
  for (const account of ACCOUNTS) await openAccount(mall, account, after(mall.now, -DAYS * DAY_MS))
  for (let day = DAYS - 1; day >= 1; day--) {
    await playDay(
      mall,
      after(mall.now, -day * DAY_MS),
      ASKED.filter(({ daysAgo }) => daysAgo === day),
    )
  }
  const end = after(mall.now, -LAST_MS)
  await playDay(mall, end, [{ slug: 'tangguo', daysAgo: 0, percent: 100 }])
  await ask(mall, ON_ITS_WAY, after(mall.now, -MINUTE_MS))
}

async function playDay(mall: Mall, at: Date, asked: readonly Asked[]): Promise<void> {
  const { run } = mall
  const { provider, providers } = bankDesk(mall, at)
  await matureEarnings(run, at, rethrow)
  await schedulePayouts(run, provider, at, rethrow)
  for (const one of asked) await ask(mall, one, at)
  for (const id of await duePayouts(run, at)) await settlePayout(run, providers, id, at)
}

async function ask(mall: Mall, { slug, daysAgo, percent, declined = false }: Asked, at: Date): Promise<void> {
  const { db, run } = mall
  const id = idFor('keybond-seed', 'payout', slug, String(daysAgo))
  if ((await db.payout.count({ where: { id } })) > 0) return
  const merchant = await db.merchant.findUniqueOrThrow({
    where: { slug },
    select: { id: true, users: { select: { id: true } }, payoutAccounts: { select: { accountRef: true } } },
  })
  const [account] = merchant.payoutAccounts
  if (declined && account) await refuseNextTransfer(bankDesk(mall, at).bank, account.accountRef, true)
  await run(async (tx) => {
    const availableMinor = await balanceOf(tx, merchantAvailable(merchant.id, 'CNY'))
    const amountMinor = Math.floor((availableMinor * percent) / 100)
    if (amountMinor < 100) return
    const payout = { merchantId: merchant.id, amountMinor, currency: 'CNY', provider: 'sandbox' } as const
    await requestPayout(tx, { ...payout, requestedById: merchant.users[0]?.id ?? null, idempotencyKey: id }, at)
  })
}

async function openAccount(
  mall: Mall,
  { slug, completed, weekly = false }: { slug: string; completed: boolean; weekly?: boolean },
  at: Date,
): Promise<void> {
  const { db, run, origin } = mall
  const { id: merchantId, payoutSchedule } = await db.merchant.findUniqueOrThrow({ where: { slug } })
  const desk = bankDesk(mall, at)
  const input = { merchantId, locale: 'zh-CN', returnUrl: `${origin}/merchant/payouts` }
  await openPayoutAccount(run, desk.provider, input, at)
  const { accountRef } = await db.payoutAccount.findFirstOrThrow({ where: { merchantId } })
  if (completed) {
    const later = bankDesk(mall, after(at, HOUR_MS))
    await completeAccount(later.bank, accountRef)
    await later.tell(accountRef)
  }
  if (weekly && payoutSchedule === 'MANUAL') await run((tx) => setPayoutSchedule(tx, merchantId, 'WEEKLY', at))
}

function rethrow(error: unknown): never {
  throw error
}
