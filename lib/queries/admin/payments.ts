import { z } from 'zod'
import { type Tx, empty, selectRows, sql } from '@/lib/domain/tx'
import { EventVerdict, PaymentUse, RefundStatus } from '@/lib/infra/prisma/enums'
import { type Page, selectPage } from '@/lib/queries/page'

const ORDER = { orderId: z.string().nullable(), orderNumber: z.string().nullable() }

const InboxRow = z.object({
  id: z.string(),
  provider: z.string(),
  eventRef: z.string().nullable(),
  type: z.string().nullable(),
  verdict: z.enum(EventVerdict),
  reason: z.string().nullable(),
  receivedAt: z.date(),
  ...ORDER,
})
export type InboxRow = z.infer<typeof InboxRow>

export interface InboxFilter {
  readonly verdict?: EventVerdict | undefined
  readonly reason?: string | undefined
}

/** Callbacks as they came, latest first, with what became of them. */
export async function listInbox(db: Tx, { verdict, reason }: InboxFilter, page: number): Promise<Page<InboxRow>> {
  return selectPage(
    db,
    InboxRow,
    {
      columns: sql`e.id, e.provider, e."eventRef", e.type, e.verdict::text AS verdict, e.reason, e."receivedAt", o.id AS "orderId", o.number AS "orderNumber"`,
      from: sql`payment_event e LEFT JOIN "order" o ON o."checkoutId" = e."checkoutId" WHERE TRUE
        ${verdict ? sql`AND e.verdict = ${verdict}::"EventVerdict"` : empty} ${reason ? sql`AND e.reason = ${reason}` : empty}`,
      orderBy: sql`e."receivedAt" DESC, e.id DESC`,
    },
    page,
  )
}

const InboxEvent = z.object({ ...InboxRow.shape, body: z.string(), handledAt: z.date().nullable() })
export type InboxEvent = z.infer<typeof InboxEvent>

/** One callback with its raw body. */
export async function findInboxEvent(db: Tx, id: string): Promise<InboxEvent | null> {
  const [event] = await selectRows(
    db,
    InboxEvent,
    sql`
      SELECT e.id, e.provider, e."eventRef", e.type, e.verdict::text AS verdict, e.reason, e."receivedAt", e."handledAt", e.body,
             o.id AS "orderId", o.number AS "orderNumber"
      FROM payment_event e LEFT JOIN "order" o ON o."checkoutId" = e."checkoutId" WHERE e.id = ${id}::uuid`,
  )
  return event ?? null
}

const PaymentRow = z.object({
  id: z.string(),
  provider: z.string(),
  captureRef: z.string(),
  amountMinor: z.number(),
  currency: z.string(),
  use: z.enum(PaymentUse),
  capturedAt: z.date(),
  recordedAt: z.date(),
  ...ORDER,
})
export type PaymentRow = z.infer<typeof PaymentRow>

/** Captures, latest first. */
export async function listPayments(
  db: Tx,
  { use }: { readonly use?: PaymentUse | undefined },
  page: number,
): Promise<Page<PaymentRow>> {
  return selectPage(
    db,
    PaymentRow,
    {
      columns: sql`p.id, p.provider, p."captureRef", p."amountMinor", p.currency, p.use::text AS use, p."capturedAt", p."recordedAt", o.id AS "orderId", o.number AS "orderNumber"`,
      from: sql`payment p LEFT JOIN "order" o ON o."checkoutId" = p."checkoutId" WHERE TRUE ${use ? sql`AND p.use = ${use}::"PaymentUse"` : empty}`,
      orderBy: sql`p."capturedAt" DESC, p.id DESC`,
    },
    page,
  )
}

const RefundRow = z.object({
  id: z.string(),
  amountMinor: z.number(),
  currency: z.string(),
  reason: z.string(),
  status: z.enum(RefundStatus),
  attempts: z.number(),
  lastError: z.string().nullable(),
  dueAt: z.date().nullable(),
  createdAt: z.date(),
  settledAt: z.date().nullable(),
  ...ORDER,
})
export type RefundRow = z.infer<typeof RefundRow>

/** Refunds, latest first; pending ones oldest first, because the oldest has waited longest. */
export async function listRefunds(
  db: Tx,
  { status }: { readonly status?: RefundStatus | undefined },
  page: number,
): Promise<Page<RefundRow>> {
  return selectPage(
    db,
    RefundRow,
    {
      columns: sql`
        r.id, r."amountMinor", r.currency, r.reason, r.status::text AS status, r.attempts, r."lastError", r."dueAt", r."createdAt", r."settledAt",
        o.id AS "orderId", o.number AS "orderNumber"`,
      from: sql`refund r LEFT JOIN "order" o ON o.id = r."orderId" WHERE TRUE ${status ? sql`AND r.status = ${status}::"RefundStatus"` : empty}`,
      orderBy: status === 'PENDING' ? sql`r."createdAt", r.id` : sql`r."createdAt" DESC, r.id DESC`,
    },
    page,
  )
}
