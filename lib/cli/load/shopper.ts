import { randomInt, randomUUID } from 'node:crypto'
import { z } from 'zod'
import { chaoticMall } from '@/lib/cli/load/chaotic-mall'
import type { Stall } from '@/lib/cli/load/market'
import { runCommand } from '@/lib/cli/run'
import { cancelOrder, confirmOrder, openPayment, placeOrder, refundOrder, revealCdks, sweep } from '@/lib/domain/orders'
import { Refusal } from '@/lib/kernel/refusal'
import { bankDesk } from '@/lib/seed/bank-desk'

const StallShape = z.object({ merchantId: z.string(), variantId: z.string(), priceMinor: z.number() })

const BUYER = { kind: 'BUYER', id: null } as const
const MERCHANT = { kind: 'MERCHANT', id: null } as const

/**
 * One process of `npm run chaos`: buys, pays (sometimes twice), cancels, confirms, asks for refunds and sweeps, without
 * end. It is killed from outside at any moment; whatever it leaves half done must be put right by the others.
 */
await runCommand(async () => {
  const [url = '', market = '[]'] = process.argv.slice(2)
  const mall = chaoticMall(url, 3)
  const stalls = z.array(StallShape).parse(JSON.parse(market))
  for (;;) {
    const stall = stalls[randomInt(stalls.length)]
    if (!stall) throw new Error('the market is empty')
    try {
      await shop(mall, stall)
    } catch (error) {
      // Refused (sold out, too late) or cut off by the chaos: the next customer, please.
      if (!(error instanceof Refusal)) process.stdout.write('x')
    }
  }
})

async function shop(mall: ReturnType<typeof chaoticMall>, stall: Stall): Promise<void> {
  const now = new Date()
  const desk = bankDesk(mall, now)
  const chance = (percent: number) => randomInt(100) < percent
  if (chance(5)) {
    await sweep(mall.run, desk.provider, now, () => undefined)
    return
  }
  const quantity = 1 + randomInt(2)
  const purchase = {
    idempotencyKey: randomUUID(),
    variantId: stall.variantId,
    quantity,
    expectedTotalMinor: stall.priceMinor * quantity,
    buyerId: null,
    email: 'chaos@example.com',
    passcodeHash: 'nobody looks this up',
    locale: 'zh-CN',
    provider: desk.provider.name,
  }
  const { checkoutId, orderId, number } = await mall.run((tx) => placeOrder(tx, purchase, now))
  if (chance(5)) return
  const payUrl = await openPayment(mall.run, desk.provider, checkoutId, {
    returnUrl: `${mall.origin}/orders/${number}`,
    now,
  })
  if (chance(5)) await mall.run((tx) => cancelOrder(tx, orderId, BUYER, now))
  await desk.pay(payUrl.split('/').at(-1)?.split('?')[0] ?? '', chance(10))
  if (chance(60)) await mall.run((tx) => revealCdks(tx, mall.vault, { orderId, consent: true }, BUYER, now))
  if (chance(50)) await mall.run((tx) => confirmOrder(tx, orderId, BUYER, now))
  else if (chance(40)) await mall.run((tx) => refundOrder(tx, orderId, MERCHANT, 'chaos', now))
}
