import { z } from 'zod'
import { type Tx, empty, selectRows, sql } from '@/lib/domain/tx'
import { EventVerdict } from '@/lib/infra/prisma/enums'
import type { Page } from '@/lib/queries/page'
import { type AdminList, type Span, listPage, within } from './list'
import { type OperatorActionRow, selectOperatorActions } from './operator-actions'
import { ordersColumn, ordersOf } from './orders-of'

/** As stored (EventSubject); of a row that another version wrote, whatever it holds. */
const Subject = z.record(z.string(), z.string().nullable())

const Row = {
  id: z.string(),
  provider: z.string(),
  eventRef: z.string().nullable(),
  type: z.string().nullable(),
  verdict: z.enum(EventVerdict),
  reason: z.string().nullable(),
  subject: Subject.nullable(),
  attempts: z.number(),
  lastError: z.string().nullable(),
  dueAt: z.date().nullable(),
  receivedAt: z.date(),
  handledAt: z.date().nullable(),
  orders: ordersColumn,
}
const InboxRow = z.object(Row)
export type InboxRow = z.infer<typeof InboxRow>

const COLUMNS = sql`
  e.id, e.provider, e."eventRef", e.type, e.verdict::text AS verdict, e.reason, e.subject, e.attempts, e."lastError", e."dueAt", e."receivedAt",
  e."handledAt", ${ordersOf(sql`e."checkoutId"`)} AS orders`

export interface InboxFilter extends Span {
  readonly verdict?: EventVerdict | undefined
  readonly reason?: string | undefined
  readonly provider?: string | undefined
  /** The provider's id of the event. */
  readonly q?: string | undefined
}

/** Callbacks as they came, latest first, with what became of them. */
export function inbox({ verdict, reason, provider, q, ...span }: InboxFilter): AdminList<InboxRow> {
  return {
    row: InboxRow,
    columns: COLUMNS,
    from: sql`payment_event e WHERE TRUE
      ${verdict ? sql`AND e.verdict = ${verdict}::"EventVerdict"` : empty} ${reason ? sql`AND e.reason = ${reason}` : empty}
      ${provider ? sql`AND e.provider = ${provider}` : empty} ${q ? sql`AND e."eventRef" = ${q}` : empty} ${within(sql`e."receivedAt"`, span)}`,
    at: sql`e."receivedAt"`,
    id: sql`e.id`,
  }
}

export async function listInbox(db: Tx, filter: InboxFilter, page: number): Promise<Page<InboxRow>> {
  return listPage(db, inbox(filter), page)
}

/** Dead letters, which an operator has to look at. */
export async function findDeadEvents(db: Tx): Promise<number> {
  return db.paymentEvent.count({ where: { verdict: 'DEAD' } })
}

const InboxEvent = z.object({ ...Row, body: z.string() })
export type InboxEvent = z.infer<typeof InboxEvent>

/** One callback with its raw body and what operators did about it. Two statements. */
export async function findInboxEvent(
  db: Tx,
  id: string,
): Promise<{ event: InboxEvent; actions: readonly OperatorActionRow[] } | null> {
  const [event] = await selectRows(
    db,
    InboxEvent,
    sql`SELECT ${COLUMNS}, e.body FROM payment_event e WHERE e.id = ${id}::uuid`,
  )
  return event ? { event, actions: await selectOperatorActions(db, id) } : null
}
