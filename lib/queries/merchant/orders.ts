import { z } from 'zod'
import { type Sql, type Tx, empty, selectRows, sql } from '@/lib/domain/tx'
import { OrderStatus } from '@/lib/infra/prisma/enums'
import { type Page, PAGE_SIZE, selectPage, startingWith } from '@/lib/queries/page'

/** Orders of a CSV that one statement asks for. */
const CHUNK = 1_000

export interface OrderFilter {
  readonly status?: OrderStatus | undefined
  readonly productId?: string | undefined
  readonly number?: string | undefined
  /** Only those that a payer's dispute keeps as they are. */
  readonly frozen?: boolean | undefined
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
  discountMinor: z.number(),
  promoMinor: z.number(),
  totalMinor: z.number(),
  feeMinor: z.number(),
  refundedMinor: z.number(),
  currency: z.string(),
  status: z.enum(OrderStatus),
  placedAt: z.date(),
  paidAt: z.date().nullable(),
  closedAt: z.date().nullable(),
  dueAt: z.date().nullable(),
  frozenAt: z.date().nullable(),
})
export type MerchantOrderRow = z.infer<typeof MerchantOrderRow>

const COLUMNS = sql`
  o.id, o.number, o.snapshot->'product'->>'titleZh' AS "titleZh", o.snapshot->'product'->>'titleEn' AS "titleEn",
  o.snapshot->'variant'->>'nameZh' AS "variantZh", o.snapshot->'variant'->>'nameEn' AS "variantEn", o.quantity, o."unitPriceMinor",
  o."discountMinor", o."promoMinor", o."totalMinor", o."feeMinor", o."refundedMinor", o.currency, o.status::text AS status, o."placedAt",
  o."paidAt", o."closedAt", o."dueAt", o."frozenAt"`

/** The merchant's orders, latest first; those that wait for his hand by their deadline. */
export async function listMerchantOrders(
  db: Tx,
  merchantId: string,
  filter: OrderFilter,
  page: number,
  size = PAGE_SIZE,
): Promise<Page<MerchantOrderRow>> {
  const orderBy =
    filter.status === 'AWAITING_DELIVERY' ? sql`o."dueAt" NULLS LAST, o.id` : sql`o."placedAt" DESC, o.id DESC`
  const statement = { columns: COLUMNS, from: ordersOf(merchantId, filter), orderBy }
  return selectPage(db, MerchantOrderRow, statement, page, size)
}

/** The same orders for a CSV, a thousand a statement, each from where the last one ended: any number takes the same memory. */
export async function* exportMerchantOrders(
  db: Tx,
  merchantId: string,
  filter: OrderFilter,
  chunk = CHUNK,
): AsyncGenerator<MerchantOrderRow, void> {
  let last: MerchantOrderRow | undefined
  do {
    const beyond = last ? sql`AND (o."placedAt", o.id) < (${last.placedAt}::timestamptz, ${last.id}::uuid)` : empty
    const rows: MerchantOrderRow[] = await selectRows(
      db,
      MerchantOrderRow,
      sql`
        SELECT ${COLUMNS} FROM ${ordersOf(merchantId, filter)} ${beyond} ORDER BY o."placedAt" DESC, o.id DESC LIMIT ${chunk}`,
    )
    yield* rows
    last = rows.length < chunk ? undefined : rows.at(-1)
  } while (last)
}

function ordersOf(merchantId: string, { status, productId, number, frozen, from, until }: OrderFilter): Sql {
  return sql`"order" o WHERE o."merchantId" = ${merchantId}::uuid
    ${status ? sql`AND o.status = ${status}::"OrderStatus"` : empty}
    ${productId ? sql`AND o."productId" = ${productId}::uuid` : empty}
    ${number ? sql`AND o.number LIKE ${startingWith(number)}` : empty}
    ${frozen ? sql`AND o."frozenAt" IS NOT NULL` : empty}
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
