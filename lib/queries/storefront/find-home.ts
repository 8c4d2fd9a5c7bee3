import { z } from 'zod'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { DAY_MS, after } from '@/lib/kernel/time'
import { CardRow, type ProductCard, cardsOf, toCard } from './card'
import { MerchantJson, type PublicMerchant, newestMerchants } from './find-merchant'
import { forSale, soldSince } from './for-sale'
import { SOLD_DAYS } from './list-products'

const SHELF = 8

export interface HomePage {
  /** Most delivered orders in the last 30 days; empty when nothing was delivered. */
  readonly sold: readonly ProductCard[]
  readonly newest: readonly ProductCard[]
  /** The youngest that have something for sale. */
  readonly merchants: readonly PublicMerchant[]
}

/** What the home page shows besides the categories, in one statement; a product stands on one shelf only. */
export async function findHome(tx: Tx, locale: string, now: Date): Promise<HomePage> {
  const [row] = await selectRows(
    tx,
    z.object({ sold: z.array(CardRow), newest: z.array(CardRow), merchants: z.array(MerchantJson) }),
    sql`
      WITH counted AS (${soldSince(after(now, -SOLD_DAYS * DAY_MS))}),
      best AS (
        SELECT p.id, row_number() OVER (ORDER BY counted.sold DESC, p."publishedAt" DESC, p.id DESC) AS rank
        FROM counted JOIN product p ON p.id = counted.id JOIN merchant m ON m.id = p."merchantId"
        WHERE ${forSale} ORDER BY rank LIMIT ${SHELF}
      ), fresh AS (
        SELECT p.id, row_number() OVER (ORDER BY p."publishedAt" DESC, p.id DESC) AS rank
        FROM product p JOIN merchant m ON m.id = p."merchantId"
        WHERE ${forSale} AND p.id NOT IN (SELECT id FROM best) ORDER BY rank LIMIT ${SHELF}
      )
      SELECT (${cardsOf(sql`best`, now)}) AS sold, (${cardsOf(sql`fresh`, now)}) AS newest, ${newestMerchants} AS merchants`,
  )
  return {
    sold: (row?.sold ?? []).map((card) => toCard(card, locale)),
    newest: (row?.newest ?? []).map((card) => toCard(card, locale)),
    merchants: row?.merchants ?? [],
  }
}
