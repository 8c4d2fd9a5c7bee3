import { z } from 'zod'
import { type Tx, empty, sql } from '@/lib/domain/tx'
import { OrderStatus } from '@/lib/infra/prisma/enums'
import { type Page, selectPage, startingWith } from '@/lib/queries/page'

export interface AdminOrderFilter {
  /** Start of an order number, or a whole e-mail address. */
  readonly q?: string | undefined
  readonly status?: OrderStatus | undefined
  readonly merchantId?: string | undefined
  readonly from?: Date | undefined
  readonly until?: Date | undefined
  /** Only orders whose automatic step should have happened before this moment. */
  readonly overdueAt?: Date | undefined
}

const AdminOrderRow = z.object({
  id: z.string(),
  number: z.string(),
  merchantId: z.string(),
  merchant: z.string(),
  titleZh: z.string(),
  titleEn: z.string().nullable(),
  quantity: z.number(),
  totalMinor: z.number(),
  currency: z.string(),
  status: z.enum(OrderStatus),
  placedAt: z.date(),
  dueAt: z.date().nullable(),
})
export type AdminOrderRow = z.infer<typeof AdminOrderRow>

/** Orders of the whole mall, latest first. */
export async function listAdminOrders(
  db: Tx,
  { q, status, merchantId, from, until, overdueAt }: AdminOrderFilter,
  page: number,
): Promise<Page<AdminOrderRow>> {
  return selectPage(
    db,
    AdminOrderRow,
    {
      columns: sql`
        o.id, o.number, o."merchantId", m.name AS merchant, o.snapshot->'product'->>'titleZh' AS "titleZh",
        o.snapshot->'product'->>'titleEn' AS "titleEn", o.quantity, o."totalMinor", o.currency, o.status::text AS status, o."placedAt", o."dueAt"`,
      from: sql`"order" o JOIN merchant m ON m.id = o."merchantId" WHERE TRUE
        ${q?.includes('@') ? sql`AND o."checkoutId" IN (SELECT id FROM checkout WHERE email = ${q.toLowerCase()})` : empty}
        ${q && !q.includes('@') ? sql`AND o.number LIKE ${startingWith(q.toUpperCase())}` : empty}
        ${status ? sql`AND o.status = ${status}::"OrderStatus"` : empty}
        ${merchantId ? sql`AND o."merchantId" = ${merchantId}::uuid` : empty}
        ${from ? sql`AND o."placedAt" >= ${from}` : empty}
        ${until ? sql`AND o."placedAt" < ${until}` : empty}
        ${overdueAt ? sql`AND o."dueAt" <= ${overdueAt}` : empty}`,
      orderBy: sql`o."placedAt" DESC, o.id DESC`,
    },
    page,
  )
}
