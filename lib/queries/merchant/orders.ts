import { z } from 'zod'
import { type Sql, type Tx, empty, selectRows, sql } from '@/lib/domain/tx'
import { OrderStatus } from '@/lib/infra/prisma/enums'
import { type Page, PAGE_SIZE, selectPage, startingWith } from '@/lib/queries/page'

/** The most orders of one CSV. */
export const MOST_EXPORTED = 20_000

export interface OrderFilter {
  readonly status?: OrderStatus | undefined
  readonly productId?: string | undefined
  readonly number?: string | undefined
  /** Placed at or after / before. */
  readonly from?: Date | undefined
  readonly until?: Date | undefined
}

const MerchantOrderRow = z.object({
  id: z.string(),
  number: z.string(),
  titleZh: z.string(),
  titleEn: z.string().nullable(),
  variantZh: z.string(),
  variantEn: z.string().nullable(),
  quantity: z.number(),
  unitPriceMinor: z.number(),
  totalMinor: z.number(),
  feeMinor: z.number(),
  currency: z.string(),
  status: z.enum(OrderStatus),
  placedAt: z.date(),
  paidAt: z.date().nullable(),
  closedAt: z.date().nullable(),
  dueAt: z.date().nullable(),
})
export type MerchantOrderRow = z.infer<typeof MerchantOrderRow>

const COLUMNS = sql`
  o.id, o.number, o.snapshot->'product'->>'titleZh' AS "titleZh", o.snapshot->'product'->>'titleEn' AS "titleEn",
  o.snapshot->'variant'->>'nameZh' AS "variantZh", o.snapshot->'variant'->>'nameEn' AS "variantEn", o.quantity, o."unitPriceMinor",
  o."totalMinor", o."feeMinor", o.currency, o.status::text AS status, o."placedAt", o."paidAt", o."closedAt", o."dueAt"`

/** The merchant's orders, latest first. */
export async function listMerchantOrders(
  db: Tx,
  merchantId: string,
  filter: OrderFilter,
  page: number,
  size = PAGE_SIZE,
): Promise<Page<MerchantOrderRow>> {
  const statement = { columns: COLUMNS, from: ordersOf(merchantId, filter), orderBy: sql`o."placedAt" DESC, o.id DESC` }
  return selectPage(db, MerchantOrderRow, statement, page, size)
}

/** The same orders for a CSV, in one statement, up to MOST_EXPORTED. */
export async function exportMerchantOrders(
  db: Tx,
  merchantId: string,
  filter: OrderFilter,
): Promise<MerchantOrderRow[]> {
  return selectRows(
    db,
    MerchantOrderRow,
    sql`SELECT ${COLUMNS} FROM ${ordersOf(merchantId, filter)} ORDER BY o."placedAt" DESC, o.id DESC LIMIT ${MOST_EXPORTED}`,
  )
}

function ordersOf(merchantId: string, { status, productId, number, from, until }: OrderFilter): Sql {
  return sql`"order" o WHERE o."merchantId" = ${merchantId}::uuid
    ${status ? sql`AND o.status = ${status}::"OrderStatus"` : empty}
    ${productId ? sql`AND o."productId" = ${productId}::uuid` : empty}
    ${number ? sql`AND o.number LIKE ${startingWith(number)}` : empty}
    ${from ? sql`AND o."placedAt" >= ${from}` : empty}
    ${until ? sql`AND o."placedAt" < ${until}` : empty}`
}

const ProductChoice = z.object({ id: z.string(), titleZh: z.string(), titleEn: z.string().nullable() })
export type ProductChoice = z.infer<typeof ProductChoice>

/** The merchant's products as choices of a filter. */
export async function listProductChoices(db: Tx, merchantId: string): Promise<ProductChoice[]> {
  return selectRows(
    db,
    ProductChoice,
    sql`SELECT id, "titleZh", "titleEn" FROM product WHERE "merchantId" = ${merchantId}::uuid ORDER BY "updatedAt" DESC LIMIT 300`,
  )
}
