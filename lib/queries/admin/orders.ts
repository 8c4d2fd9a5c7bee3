import { z } from 'zod'
import { type Tx, empty, sql } from '@/lib/domain/tx'
import { OrderStatus } from '@/lib/infra/prisma/enums'
import { type Page, startingWith } from '@/lib/queries/page'
import { type AdminList, listPage } from './list'

export interface AdminOrderFilter {
  /** Start of an order number, or a whole e-mail address. */
  readonly q?: string | undefined
  readonly status?: OrderStatus | undefined
  readonly merchantId?: string | undefined
  readonly from?: Date | undefined
  readonly until?: Date | undefined
  /** Only orders whose automatic step should have happened before this moment. */
  readonly overdueAt?: Date | undefined
  /** Only orders that a dispute keeps as they are. */
  readonly frozen?: boolean
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
  discountMinor: z.number(),
  promoMinor: z.number(),
  walletMinor: z.number(),
  feeMinor: z.number(),
  refundedMinor: z.number(),
  currency: z.string(),
  status: z.enum(OrderStatus),
  frozen: z.boolean(),
  placedAt: z.date(),
  paidAt: z.date().nullable(),
  dueAt: z.date().nullable(),
  closedAt: z.date().nullable(),
})
export type AdminOrderRow = z.infer<typeof AdminOrderRow>

/** Orders of the whole mall, latest first. */
export function adminOrders({
  q,
  status,
  merchantId,
  from,
  until,
  overdueAt,
  frozen = false,
}: AdminOrderFilter): AdminList<AdminOrderRow> {
  return {
    row: AdminOrderRow,
    columns: sql`
      o.id, o.number, o."merchantId", m.name AS merchant, o.snapshot->'product'->>'titleZh' AS "titleZh",
      o.snapshot->'product'->>'titleEn' AS "titleEn", o.quantity, o."totalMinor", o."discountMinor", o."promoMinor", o."walletMinor", o."feeMinor",
      o."refundedMinor", o.currency, o.status::text AS status, o."frozenAt" IS NOT NULL AS frozen, o."placedAt", o."paidAt", o."dueAt", o."closedAt"`,
    from: sql`"order" o JOIN merchant m ON m.id = o."merchantId" WHERE TRUE
      ${q?.includes('@') ? sql`AND o."checkoutId" IN (SELECT id FROM checkout WHERE email = ${q.toLowerCase()})` : empty}
      ${q && !q.includes('@') ? sql`AND o.number LIKE ${startingWith(q.toUpperCase())}` : empty}
      ${status ? sql`AND o.status = ${status}::"OrderStatus"` : empty}
      ${merchantId ? sql`AND o."merchantId" = ${merchantId}::uuid` : empty}
      ${frozen ? sql`AND o."frozenAt" IS NOT NULL` : empty}
      ${from ? sql`AND o."placedAt" >= ${from}` : empty}
      ${until ? sql`AND o."placedAt" < ${until}` : empty}
      ${overdueAt ? sql`AND o."dueAt" <= ${overdueAt}` : empty}`,
    at: sql`o."placedAt"`,
    id: sql`o.id`,
  }
}

export async function listAdminOrders(db: Tx, filter: AdminOrderFilter, page: number): Promise<Page<AdminOrderRow>> {
  return listPage(db, adminOrders(filter), page)
}
