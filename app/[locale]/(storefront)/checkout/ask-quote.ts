import type { QuoteInput } from '@/lib/domain/orders'
import { db } from '@/lib/infra/db'
import { Refusal } from '@/lib/kernel/refusal'
import { type PageQuote, findQuote } from '@/lib/queries/order'
import { clientIp } from '@/lib/web/client-ip'
import { limit } from '@/lib/web/rate-limit'

/**
 * What the address asks for costs at this moment. Whoever tries too many coupon codes is shown the price without one and
 * told to wait (`auth/rate-limited`), also for a code that is right. Refuses what `findQuote` refuses.
 */
export async function askQuote(asked: QuoteInput, now: Date): Promise<PageQuote> {
  const tooMany = asked.couponCode === null ? null : await triedTooOften()
  if (!tooMany) return findQuote(db(), asked, now)
  return { ...(await findQuote(db(), { ...asked, couponCode: null }, now)), couponRefusal: tooMany }
}

async function triedTooOften(): Promise<Refusal | null> {
  try {
    await limit('coupon:ip', await clientIp())
    return null
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}
