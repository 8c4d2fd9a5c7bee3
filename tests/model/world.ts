import { randomBytes } from 'node:crypto'
import type { Bank } from '@/lib/bank/bank'
import { completeAccount } from '@/lib/bank/complete-account'
import { handleBank } from '@/lib/bank/handle'
import { SIGNATURE_HEADER } from '@/lib/bank/protocol'
import { receivePaymentEvent } from '@/lib/domain/inbox'
import { createCoupon } from '@/lib/domain/coupons'
import { openPayoutAccount, setMerchantTier, syncPayoutAccount } from '@/lib/domain/merchants'
import { type PaymentProvider, ProviderUnavailable } from '@/lib/domain/payments'
import type { InTransaction, Tx } from '@/lib/domain/tx'
import { createSandboxProvider } from '@/lib/infra/payments/sandbox'
import { Refusal } from '@/lib/kernel/refusal'
import { db } from '@/tests/support/database'
import { NOW, aListing, aManualListing, aMerchant, run as plainRun } from '@/tests/support/factories'

const ORIGIN = 'http://mall.example.com'
const STOCK = 4_000

/** The process dies here: nothing behind this line of the verb runs. */
export class Killed extends Error {
  override readonly name = 'Killed'
}

/** A mall and the sandbox bank in one process, with one clock, and switches for what may go wrong between them. */
export interface World {
  now: Date
  readonly bank: Bank
  readonly provider: PaymentProvider
  readonly run: InTransaction
  readonly variants: readonly { readonly variantId: string; readonly priceMinor: number }[]
  readonly merchants: readonly string[]
  readonly coupons: readonly string[]
  /** Transactions until the process is killed: before its commit, or right after it. Null: it lives. */
  killIn: { transactions: number; committed: boolean } | null
  /** Answers of the bank that get lost after it did what it was asked. */
  loseAnswers: number
}

/** Builds the world once: two merchants with four variants and much stock and one that is delivered by hand, payout accounts, three coupons. */
export async function buildWorld(): Promise<World> {
  const key = randomBytes(32)
  const merchants = [await aMerchant(), await aMerchant({ feeBps: 777 })]
  const listings = [
    await aListing({ merchantId: merchants[0] ?? '', stock: STOCK }),
    await aListing({ merchantId: merchants[0] ?? '', stock: 60 }),
    await aListing({ merchantId: merchants[1] ?? '', stock: STOCK }),
    await aListing({ merchantId: merchants[1] ?? '', stock: STOCK }),
    await aManualListing(3, { merchantId: merchants[0] ?? '' }),
  ]
  const prices = [1_000, 333, 77, 12_345, 2_345]
  const variants = []
  for (const [at, { variantId }] of listings.entries()) {
    const priceMinor = prices[at] ?? 1_000
    await db.wholesaleTier.deleteMany({ where: { variantId } })
    await db.variant.update({ where: { id: variantId }, data: { priceMinor } })
    variants.push({ variantId, priceMinor })
  }
  const coupon = {
    currency: 'CNY' as const,
    minimumMinor: 0,
    startsAt: NOW,
    endsAt: null,
    totalLimit: null,
    perBuyerLimit: null,
  }
  const aCode = (kind: string) => `${kind}${randomBytes(4).toString('hex')}`.toUpperCase()
  const [platform, own, scarce] = [aCode('P'), aCode('M'), aCode('S')]
  await plainRun(async (tx) => {
    const percent = { kind: 'PERCENT', percentBps: 1_250, amountMinor: null, mostMinor: 1_500 } as const
    await createCoupon(tx, { ...coupon, ...percent, code: platform, merchantId: null }, NOW)
    const amount = { kind: 'AMOUNT', percentBps: null, amountMinor: 100, mostMinor: null } as const
    await createCoupon(tx, { ...coupon, ...amount, code: own, merchantId: merchants[0] ?? '' }, NOW)
    const once = { ...coupon, ...amount, amountMinor: 50, perBuyerLimit: 1, code: scarce, merchantId: null }
    await createCoupon(tx, once, NOW)
  })

  const world: World = {
    now: NOW,
    bank: {
      db,
      key,
      shopOrigins: [ORIGIN],
      fetch: (input, init) => hear(world, new Request(input, init)),
      clock: () => world.now,
    },
    provider: createSandboxProvider({
      bankUrl: ORIGIN,
      appUrl: ORIGIN,
      key,
      clock: () => world.now,
      fetch: (input, init) => askBank(world, new Request(input, init)),
    }),
    run: (work) => runOrDie(world, work),
    variants,
    merchants,
    coupons: [platform, own, scarce],
    killIn: null,
    loseAnswers: 0,
  }
  for (const merchantId of merchants) await openAccountOf(world, merchantId)
  await plainRun((tx) => setMerchantTier(tx, merchants[1] ?? '', 'PRIME'))
  return world
}

async function openAccountOf(world: World, merchantId: string): Promise<void> {
  const { bank, provider, run, now } = world
  await openPayoutAccount(run, provider, { merchantId, locale: 'zh-CN', returnUrl: `${ORIGIN}/merchant` }, now)
  const { accountRef } = await db.payoutAccount.findFirstOrThrow({ where: { merchantId } })
  await completeAccount(bank, accountRef)
  await syncPayoutAccount(run, provider, accountRef, now)
}

async function askBank(world: World, request: Request): Promise<Response> {
  const answer = await handleBank(world.bank, request, () => undefined)
  if (world.loseAnswers === 0) return answer
  world.loseAnswers -= 1
  return new Response(null, { status: 502 })
}

/** A callback arrives at the mall, whose process may be killed over it. */
async function hear({ provider, run, now }: World, request: Request): Promise<Response> {
  try {
    const body = await request.text()
    const answer = await receivePaymentEvent(run, provider, body, request.headers.get(SIGNATURE_HEADER), now)
    return Response.json({ verdict: answer.verdict })
  } catch (error) {
    if (error instanceof Killed) return new Response(null, { status: 502 })
    throw error
  }
}

async function runOrDie<T>(world: World, work: (tx: Tx) => Promise<T>): Promise<T> {
  const { killIn } = world
  if (!killIn) return plainRun(work)
  killIn.transactions -= 1
  if (killIn.transactions > 0) return plainRun(work)
  world.killIn = null
  if (killIn.committed) {
    await plainRun(work)
    throw new Killed('after the commit')
  }
  return plainRun(async (tx) => {
    await work(tx)
    throw new Killed('before the commit')
  })
}

/** Runs one deed the way the edge does: an expected no, a killed process and a provider that is away are no bugs. */
export async function dare(deed: () => Promise<unknown>): Promise<void> {
  try {
    await deed()
  } catch (error) {
    if (error instanceof Refusal || error instanceof Killed || error instanceof ProviderUnavailable) return
    throw error
  }
}
