import type { Faults } from '@/lib/bank/faults'
import { openPayment, openTopUp, syncCheckout } from '@/lib/domain/orders'
import { settleRefund } from '@/lib/domain/payments'
import { idFor } from '@/lib/kernel/ids'
import { invariant } from '@/lib/kernel/invariant'
import { MINUTE_MS, SECOND_MS, after } from '@/lib/kernel/time'
import { bankDesk } from '@/lib/seed/bank-desk'
import { once } from '@/lib/seed/once'
import { type Stage, type Tale, some } from './stage'

/** Lin tops up twice (the second time the bank charges double), and pays whole orders out of the wallet. */
export const linsWallet: Tale = async (stage) => {
  await topUp(stage, 'lin', { name: 'first', amountMinor: 30_000, daysAgo: 13 })
  await topUp(stage, 'lin', { name: 'second', amountMinor: 20_000, daysAgo: 6 }, { duplicate: true })
  await stage.play('confirmed', {
    name: 'wallet-whole',
    who: 'lin',
    daysAgo: 12,
    walletMinor: 30_000,
    lines: [some(2, '星海远征 星钻月卡兑换码'), some(1, '糖果村庄 体力不限周卡')],
  })
  await stage.play('revealed', {
    name: 'wallet-recent',
    who: 'lin',
    daysAgo: 0.6,
    walletMinor: 30_000,
    lines: [some(1, '听潮音乐 高品质会员兑换码')],
  })
}

/** Chen pays one part out of the wallet and the other by card; what goes back goes to the card first. */
export const chensTwoPurses: Tale = async (stage) => {
  await topUp(stage, 'chen', { name: 'only', amountMinor: 3_000, daysAgo: 10 })
  const lines = [some(1, '小港日和 豪华同捆激活码')]
  const scene = await stage.open({ name: 'wallet-part', who: 'chen', daysAgo: 9, walletMinor: 3_000, lines })
  await scene.pay()
  await scene.reveal()
  await scene.refund('merchant-agreed', { amountMinor: 4_000 })
  await scene.confirm()
}

/** Maya's checkout was never paid: her money is back in the wallet. */
export const mayasMoneyBack: Tale = async (stage) => {
  await topUp(stage, 'maya', { name: 'only', amountMinor: 5_000, daysAgo: 5 })
  const lines = [some(1, '深海回声 PC 激活码')]
  const scene = await stage.open({ name: 'wallet-back', who: 'maya', daysAgo: 4, walletMinor: 5_000, lines })
  await scene.expire()
}

interface TopUp {
  readonly name: string
  readonly amountMinor: number
  readonly daysAgo: number
}

async function topUp(
  { mall, cast, daysAgo }: Stage,
  who: string,
  { name, amountMinor, ...told }: TopUp,
  faults: Partial<Faults> = {},
): Promise<void> {
  const { db, run, origin } = mall
  const email = `${who}@buyers.example`
  const userId = cast.buyers.get(email)
  invariant(userId, `no buyer ${email}`)
  const at = daysAgo(told.daysAgo)
  const facts = { currency: 'CNY', locale: 'zh-CN', provider: 'sandbox' } as const
  const input = { idempotencyKey: idFor('keybond-seed', 'top-up', who, name), userId, email, amountMinor, ...facts }
  const checkoutId = await run((tx) => openTopUp(tx, input, at))
  const opened = after(at, 5 * SECOND_MS)
  const way = { returnUrl: `${origin}/account/wallet`, now: opened }
  await once(() => openPayment(run, bankDesk(mall, opened).providers, checkoutId, way))
  const { providerRef } = await db.checkout.findUniqueOrThrow({ where: { id: checkoutId } })
  invariant(providerRef, `top-up ${checkoutId} was never opened at the bank`)
  const desk = bankDesk(mall, after(at, MINUTE_MS))
  await desk.pay(providerRef, faults)
  await syncCheckout(run, desk.providers, checkoutId, after(at, 2 * MINUTE_MS))
  const owed = await db.refund.findMany({ where: { status: 'PENDING', payment: { checkoutId } }, select: { id: true } })
  for (const { id } of owed) {
    const now = after(at, 3 * MINUTE_MS)
    await settleRefund(run, bankDesk(mall, now).providers, id, now)
  }
}
