import { LAST_DEMO_ACCOUNT, DEMO_OPERATOR, DEMO_ARBITRATORS } from '@/lib/seed/demo-accounts'
import { sealAll } from '@/lib/domain/sealing'
import type { Db } from '@/lib/infra/db'
import { DAY_MS, after } from '@/lib/kernel/time'
import { findCast } from './cast'
import { fillCategories, fillProducts } from './fill-catalogue'
import { closeBooks } from './close-books'
import { fillCoupons } from './fill-coupons'
import { fillAccount, fillBuyers, fillFund, fillMerchants } from './fill-people'
import { fillStock } from './fill-stock'
import type { Mall } from './mall'
import { payMerchants } from './pay-merchants'
import { playStory } from './play-story'
import { planStories } from './stories'
import { TALES, type Tale, stageOf } from './tales'
import { recalledBatch } from './tales/bad-batch'

export type MallState = 'empty' | 'half-filled' | 'not-empty'

/** The operator is made first and an arbitrator last, so an interrupted seed is known by the one without the other. */
export async function stateOfMall(db: Db): Promise<MallState> {
  const [users, merchants, categories] = [await db.user.count(), await db.merchant.count(), await db.category.count()]
  if (users + merchants + categories === 0) return 'empty'
  const ours = await db.user.findMany({
    where: { email: { in: [DEMO_OPERATOR.email, LAST_DEMO_ACCOUNT.email] } },
    select: { email: true },
  })
  return ours.length === 1 && ours[0]?.email === DEMO_OPERATOR.email ? 'half-filled' : 'not-empty'
}

/** Told after every piece of work: what, how many are done, of how many. */
export type Progress = (what: string, done: number, of: number) => void

/** How many stories and tales are played side by side. */
const STAGES = 4

/**
 * Fills an empty mall, or goes on filling a half-filled one, through the same verbs that people use. Every step is its own
 * transaction and is passed over when it was done before, so the seed may be killed at any moment and run again.
 */
export async function fillMall(mall: Mall, progress: Progress): Promise<void> {
  const opening = after(mall.now, -62 * DAY_MS)
  await fillAccount(mall, DEMO_OPERATOR, opening)
  await fillCategories(mall, opening)
  await fillMerchants(mall, after(opening, DAY_MS))
  await fillFund(mall, after(opening, 2 * DAY_MS))
  await fillBuyers(mall, after(opening, 20 * DAY_MS))
  for (const arbitrator of DEMO_ARBITRATORS) await fillAccount(mall, arbitrator, after(opening, DAY_MS))
  await fillProducts(mall, after(opening, 6 * DAY_MS), (done, of) => progress('products', done, of))
  await fillCoupons(mall)
  const cast = await findCast(mall)
  const stories = planStories(mall.now, mall.orderShare)
  await onStages(
    stories,
    (story) => playStory(mall, cast, story),
    (done) => progress('orders', done, stories.length),
  )
  const stage = stageOf(mall, cast)
  const tell = async (row: readonly Tale[]) => {
    for (const tale of row) await tale(stage)
  }
  await onStages(TALES, tell, (done) => progress('tales', done, TALES.length))
  await payMerchants(mall)
  await recalledBatch(stage)
  await fillStock(mall, cast)
  await closeBooks(mall)
  await sealAll(mall.run, mall.logKeys, mall.now, Number.POSITIVE_INFINITY)
  await fillAccount(mall, LAST_DEMO_ACCOUNT, after(opening, DAY_MS))
}

/** Plays everything, so many pieces side by side. */
async function onStages<T>(
  pieces: readonly T[],
  play: (piece: T) => Promise<void>,
  told: (done: number) => void,
): Promise<void> {
  const left = pieces.values()
  let done = 0
  const stage = async () => {
    for (const piece of left) {
      await play(piece)
      done += 1
      told(done)
    }
  }
  // All stages end before the first failure is told: nothing may still be playing when the caller closes the database.
  const ended = await Promise.allSettled(Array.from({ length: STAGES }, stage))
  for (const end of ended) if (end.status === 'rejected') throw end.reason
}
