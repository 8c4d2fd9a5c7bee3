import { randomInt, randomUUID } from 'node:crypto'
import { z } from 'zod'
import { decideDispute } from '@/lib/bank/decide-dispute'
import { openDispute } from '@/lib/bank/open-dispute'
import { chaoticMall } from '@/lib/cli/load/chaotic-mall'
import type { Stall } from '@/lib/cli/load/market'
import { stepOn } from '@/lib/cli/load/step-on'
import { runCommand } from '@/lib/cli/run'
import {
  type RefundWanted,
  cancelCheckout,
  confirmOrder,
  openPayment,
  openTopUp,
  placeCheckout,
  refundOrder,
  revealCdks,
} from '@/lib/domain/orders'
import { requestPayout } from '@/lib/domain/merchants'
import { Refusal } from '@/lib/kernel/refusal'
import { type BankDesk, bankDesk } from '@/lib/seed/bank-desk'

const StallShape = z.object({ merchantId: z.string(), variantId: z.string(), priceMinor: z.number() })

const BUYER = { kind: 'BUYER', id: null } as const
const MERCHANT = { kind: 'MERCHANT', id: null } as const

type Mall = ReturnType<typeof chaoticMall>

/** Who shops, signed in, with a wallet that all processes share. */
const Shopper = z.object({ buyerId: z.string(), email: z.string() })
type Shopper = z.infer<typeof Shopper>

/**
 * One process of `npm run chaos`: tops up, buys carts with wallet and card, pays (sometimes twice), cancels, confirms, asks
 * for refunds, disputes charges, asks for payouts and steps every clock on, without end. It is killed from outside at any
 * moment; whatever it leaves half done must be put right by the others.
 */
await runCommand(async () => {
  const [url = '', market = '[]', who = '{}'] = process.argv.slice(2)
  const mall = chaoticMall(url, 3)
  const stalls = z.array(StallShape).parse(JSON.parse(market))
  const shopper = Shopper.parse(JSON.parse(who))
  for (;;) {
    const lines = [stalls[randomInt(stalls.length)], stalls[randomInt(stalls.length)]].slice(0, 1 + randomInt(2))
    try {
      await shop(
        mall,
        shopper,
        lines.filter((stall) => stall !== undefined),
      )
    } catch (error) {
      // Refused (sold out, too late) or cut off by the chaos: the next customer, please.
      if (!(error instanceof Refusal)) process.stdout.write('x')
    }
  }
})

function chance(percent: number): boolean {
  return randomInt(100) < percent
}

async function shop(mall: Mall, shopper: Shopper, stalls: readonly Stall[]): Promise<void> {
  const now = new Date()
  const desk = bankDesk(mall, now)
  if (chance(5)) await stepOn(mall, desk, now)
  if (chance(5)) await topUp(mall, desk, shopper, now)
  if (chance(5)) await askForPayout(mall, stalls, now)
  const { checkoutId, orders } = await place(mall, shopper, stalls, now)
  if (chance(5)) return
  const ref = await open(mall, desk, checkoutId, now)
  if (ref === null) return
  if (chance(5)) await mall.run((tx) => cancelCheckout(tx, checkoutId, BUYER, now))
  await desk.pay(ref, { duplicate: chance(10), underpay: chance(5) ? 'by-one' : 'no' })
  for (const { id: orderId } of orders) await live(mall, orderId, now)
  if (chance(6)) await fight(mall, desk, checkoutId, ref)
}

async function place(mall: Mall, { buyerId, email }: Shopper, stalls: readonly Stall[], now: Date) {
  const lines = stalls.map(({ variantId }) => ({ variantId, quantity: 1 + randomInt(3) }))
  const total = lines.reduce((sum, { quantity }, at) => sum + quantity * (stalls[at]?.priceMinor ?? 0), 0)
  const purchase = {
    idempotencyKey: randomUUID(),
    lines,
    couponCode: null,
    walletMinor: chance(30) ? randomInt(total + 1) : 0,
    expectedTotalMinor: total,
    buyerId,
    email,
    passcodeHash: null,
    locale: 'zh-CN',
    provider: 'sandbox',
  }
  return mall.run((tx) => placeCheckout(tx, purchase, now))
}

/** Opens the payment at the bank; null when there is nothing to pay. */
async function open(mall: Mall, desk: BankDesk, checkoutId: string, now: Date): Promise<string | null> {
  try {
    const way = { returnUrl: `${mall.origin}/orders`, now }
    const payUrl = await openPayment(mall.run, desk.providers, checkoutId, way)
    return payUrl.split('/').at(-1)?.split('?')[0] ?? null
  } catch (error) {
    if (error instanceof Refusal && error.code === 'payment/already-paid') return null
    throw error
  }
}

/** What a buyer and the merchant do with an order, in any sequence, before release and after. */
async function live(mall: Mall, orderId: string, now: Date): Promise<void> {
  if (chance(60)) await mall.run((tx) => revealCdks(tx, mall.vault, { orderId, consent: true }, BUYER, now))
  if (chance(30)) await refund(mall, orderId, now)
  if (chance(60)) await mall.run((tx) => confirmOrder(tx, orderId, BUYER, now))
  if (chance(20)) await refund(mall, orderId, now)
}

async function refund(mall: Mall, orderId: string, now: Date): Promise<void> {
  const cdk = await mall.db.cdk.findFirst({ where: { orderId, state: 'DELIVERED' }, select: { id: true } })
  const ways: readonly RefundWanted[] = [
    { all: true },
    { amountMinor: 1 + randomInt(700) },
    { cdkIds: [cdk?.id ?? ''] },
  ]
  const wanted = ways[randomInt(ways.length)] ?? { all: true }
  await mall.run((tx) => refundOrder(tx, { orderId, wanted, reason: 'chaos' }, MERCHANT, now))
}

async function topUp(mall: Mall, desk: BankDesk, { buyerId, email }: Shopper, now: Date): Promise<void> {
  const facts = { currency: 'CNY', locale: 'zh-CN', provider: 'sandbox' } as const
  const input = { idempotencyKey: randomUUID(), userId: buyerId, email, amountMinor: 10_000, ...facts }
  const checkoutId = await mall.run((tx) => openTopUp(tx, input, now))
  const ref = await open(mall, desk, checkoutId, now)
  if (ref !== null) await desk.pay(ref, { duplicate: chance(20) })
}

async function askForPayout(mall: Mall, stalls: readonly Stall[], now: Date): Promise<void> {
  const merchantId = stalls[0]?.merchantId ?? ''
  const payout = { merchantId, amountMinor: 100 + randomInt(5_000), currency: 'CNY', provider: 'sandbox' } as const
  await mall.run((tx) => requestPayout(tx, { ...payout, requestedById: null }, now))
}

/** The payer disputes the charge, and wins or loses. */
async function fight(mall: Mall, desk: BankDesk, checkoutId: string, ref: string): Promise<void> {
  const payment = await mall.db.payment.findFirst({ where: { checkoutId, use: 'APPLIED' } })
  if (!payment) return
  const disputeId = await openDispute(desk.bank, payment.captureRef, 'fraudulent')
  await desk.tell(ref)
  if (disputeId === null || chance(30)) return
  await decideDispute(desk.bank, disputeId, chance(50) ? 'payer' : 'shop')
  await desk.tell(ref)
}
