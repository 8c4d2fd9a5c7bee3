import { z } from 'zod'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { OrderStatus } from '@/lib/infra/prisma/enums'

const ORDERS_PER_PAGE = 20
/** Beyond this many the list stops counting. */
const MOST_COUNTED = 2_000

const Row = z.object({
  number: z.string(),
  titleZh: z.string(),
  titleEn: z.string().nullable(),
  variantZh: z.string(),
  variantEn: z.string().nullable(),
  merchantName: z.string(),
  quantity: z.number(),
  totalMinor: z.number(),
  currency: z.string(),
  status: z.enum(OrderStatus),
  placedAt: z.date(),
  dueAt: z.date().nullable(),
})
export type BuyerOrder = z.infer<typeof Row>

/** A page of an account's orders, newest first, as they were bought (from the snapshot). Two statements. */
export async function listBuyerOrders(
  db: Tx,
  userId: string,
  page: number,
): Promise<{ orders: BuyerOrder[]; pages: number }> {
  const [orders, [counted]] = await Promise.all([
    selectRows(
      db,
      Row,
      sql`
        SELECT o.number, o.snapshot->'product'->>'titleZh' AS "titleZh", o.snapshot->'product'->>'titleEn' AS "titleEn",
               o.snapshot->'variant'->>'nameZh' AS "variantZh", o.snapshot->'variant'->>'nameEn' AS "variantEn",
               o.snapshot->'merchant'->>'name' AS "merchantName", o.quantity, o."totalMinor", o.currency,
               o.status::text AS status, o."placedAt", o."dueAt"
        FROM checkout c JOIN "order" o ON o."checkoutId" = c.id
        WHERE c."buyerId" = ${userId}::uuid
        ORDER BY c."createdAt" DESC, o.id DESC LIMIT ${ORDERS_PER_PAGE} OFFSET ${(page - 1) * ORDERS_PER_PAGE}`,
    ),
    selectRows(
      db,
      z.object({ count: z.number() }),
      sql`SELECT count(*)::int AS count FROM (SELECT 1 FROM checkout c WHERE c."buyerId" = ${userId}::uuid LIMIT ${MOST_COUNTED}) counted`,
    ),
  ])
  return { orders, pages: Math.ceil((counted?.count ?? 0) / ORDERS_PER_PAGE) }
}
