import { z } from 'zod'
import { FAILURES } from '@/lib/domain/complaints'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { ComplaintOutcome, ComplaintState } from '@/lib/infra/prisma/enums'
import { Refusal } from '@/lib/kernel/refusal'
import { type BuyerScope, inScope } from '@/lib/queries/order/scope'
import { type Page, selectPage } from '@/lib/queries/page'

const COMPLAINTS_PER_PAGE = 20

const Row = z.object({
  number: z.string(),
  orderNumber: z.string(),
  titleZh: z.string(),
  titleEn: z.string().nullable(),
  merchantName: z.string(),
  failure: z.enum(FAILURES),
  state: z.enum(ComplaintState),
  outcome: z.enum(ComplaintOutcome).nullable(),
  stakeMinor: z.number(),
  currency: z.string(),
  openedAt: z.date(),
  dueAt: z.date().nullable(),
  /** Entries of others that the buyer has not seen. */
  unread: z.boolean(),
})
export type BuyerCase = z.infer<typeof Row>

/** A page of an account's complaints, those that are open first, then the newest. One statement. */
export async function listBuyerCases(db: Tx, userId: string, page: number): Promise<Page<BuyerCase>> {
  return selectPage(
    db,
    Row,
    {
      columns: sql`
        x.number, o.number AS "orderNumber", o.snapshot->'product'->>'titleZh' AS "titleZh", o.snapshot->'product'->>'titleEn' AS "titleEn",
        o.snapshot->'merchant'->>'name' AS "merchantName", x.failure, x.state::text AS state, x.outcome::text AS outcome, x."stakeMinor",
        x.currency, x."openedAt", x."dueAt",
        x."entrySeq" > COALESCE((SELECT r.seq FROM case_read r WHERE r."complaintId" = x.id AND r.side = 'BUYER'), 0) AS unread`,
      from: sql`complaint x JOIN "order" o ON o.id = x."orderId" WHERE x."buyerKey" = ${userId} AND x."buyerId" = ${userId}::uuid`,
      orderBy: sql`x.state = 'CLOSED', x."openedAt" DESC, x.id DESC`,
    },
    page,
    COMPLAINTS_PER_PAGE,
  )
}

/** The buyer's own case by the numbers in its address; refuses `access/not-found` for anybody else's. */
export async function requireCaseOfBuyer(
  tx: Tx,
  scope: BuyerScope,
  { order, number }: { readonly order: string; readonly number: string },
): Promise<{ id: string }> {
  const [found] = await selectRows(
    tx,
    z.object({ id: z.string() }),
    sql`
      SELECT x.id FROM complaint x JOIN "order" o ON o.id = x."orderId" JOIN checkout c ON c.id = o."checkoutId"
      WHERE o.number = ${order} AND x.number = ${number} AND ${inScope(scope)}`,
  )
  if (!found) throw new Refusal('access/not-found')
  return found
}
