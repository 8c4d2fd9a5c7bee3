import { z } from 'zod'
import { type Tx, sql } from '@/lib/domain/tx'
import { OrderStatus } from '@/lib/infra/prisma/enums'
import { type Page, selectPage } from '@/lib/queries/page'

const ORDERS_PER_PAGE = 20

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

/** A page of an account's orders, newest first, as they were bought (from the snapshot). One statement. */
export async function listBuyerOrders(db: Tx, userId: string, page: number): Promise<Page<BuyerOrder>> {
  return selectPage(
    db,
    Row,
    {
      columns: sql`
        o.number, o.snapshot->'product'->>'titleZh' AS "titleZh", o.snapshot->'product'->>'titleEn' AS "titleEn",
        o.snapshot->'variant'->>'nameZh' AS "variantZh", o.snapshot->'variant'->>'nameEn' AS "variantEn",
        o.snapshot->'merchant'->>'name' AS "merchantName", o.quantity, o."totalMinor", o.currency,
        o.status::text AS status, o."placedAt", o."dueAt"`,
      from: sql`checkout c JOIN "order" o ON o."checkoutId" = c.id WHERE c."buyerId" = ${userId}::uuid`,
      orderBy: sql`c."createdAt" DESC, o.id DESC`,
    },
    page,
    ORDERS_PER_PAGE,
  )
}
