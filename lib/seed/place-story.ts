import { unitPriceFor } from '@/lib/domain/catalog'
import { buyerKeyOf } from '@/lib/domain/coupons'
import { type PlacedCheckout, type WantedLine, placeCheckout, quoteCheckout } from '@/lib/domain/orders'
import { idFor } from '@/lib/kernel/ids'
import { invariant } from '@/lib/kernel/invariant'
import type { Cast } from './cast'
import type { Mall } from './mall'
import type { Goods, Story } from './stories'

/** The account of the story's buyer; null for a guest. */
export function buyerOf(cast: Cast, { guest, email }: Pick<Story, 'guest' | 'email'>): string | null {
  return guest ? null : (cast.buyers.get(email) ?? null)
}

export interface PlacedStory extends Pick<PlacedCheckout, 'checkoutId' | 'orders'> {
  /** What the bank is asked for; nothing when the wallet pays for all. */
  readonly dueMinor: number
}

/** Places the story's orders, all in one checkout; played again it gives the same ones. */
export async function placeStory({ db, run }: Mall, cast: Cast, story: Story): Promise<PlacedStory> {
  const { name, email, locale, placedAt, couponCode = null } = story
  const idempotencyKey = idFor('keybond-seed', name)
  const buyerId = buyerOf(cast, story)
  const lines = story.lines.map((goods) => ({ variantId: offerOf(cast, goods).variantId, quantity: goods.quantity }))
  // What was asked for the first time: by now the coupon may be used up by it.
  const before = await db.checkout.findUnique({
    where: { idempotencyKey },
    select: { totalMinor: true, walletMinor: true },
  })
  const totalMinor = before?.totalMinor ?? (await priceStory(run, cast, story, lines))
  const walletMinor = before?.walletMinor ?? Math.min(story.walletMinor ?? 0, totalMinor)
  const input = {
    idempotencyKey,
    lines,
    couponCode,
    expectedTotalMinor: totalMinor,
    walletMinor,
    buyerId,
    email,
    passcodeHash: buyerId === null ? cast.guestPasscodeHash : null,
    locale,
    provider: 'sandbox',
  }
  const { checkoutId, orders } = await run((tx) => placeCheckout(tx, input, placedAt))
  return { checkoutId, orders, dueMinor: totalMinor - walletMinor }
}

/** What the buyer sees: the prices, less the coupon. */
async function priceStory(run: Mall['run'], cast: Cast, story: Story, lines: readonly WantedLine[]): Promise<number> {
  const { couponCode, email, placedAt } = story
  if (couponCode === undefined) return story.lines.reduce((sum, goods) => sum + priceOf(cast, goods), 0)
  const buyerKey = buyerKeyOf({ buyerId: buyerOf(cast, story), email })
  return (await run((tx) => quoteCheckout(tx, { lines, couponCode, buyerKey }, placedAt))).totalMinor
}

function offerOf(cast: Cast, { productTitle, position }: Goods) {
  const offer = cast.offers.get(`${productTitle}/${position}`)
  invariant(offer, `the seed sells no ${productTitle}`)
  return offer
}

function priceOf(cast: Cast, goods: Goods): number {
  const { priceMinor, tiers } = offerOf(cast, goods)
  return unitPriceFor(priceMinor, tiers, goods.quantity) * goods.quantity
}
