import { z } from 'zod'
import { FAILURES } from '@/lib/domain/complaints'
import { type Tx, empty, sql } from '@/lib/domain/tx'
import { ComplaintOutcome, ComplaintState, LimitState } from '@/lib/infra/prisma/enums'
import type { Page } from '@/lib/queries/page'
import { type AdminList, listPage } from './list'

const LimitRow = z.object({
  id: z.string(),
  /** The account's address, or the guest's. */
  email: z.string(),
  account: z.boolean(),
  state: z.enum(LimitState),
  proposedAt: z.date(),
  decidedAt: z.date().nullable(),
  decidedBy: z.string().nullable(),
  note: z.string().nullable(),
  until: z.date().nullable(),
  /** All complaints of this buyer, and the paid orders, to see the others against. */
  opened: z.number(),
  paidOrders: z.number(),
  /** Those that led to it, latest first. */
  complaints: z.array(
    z.object({
      id: z.string(),
      number: z.string(),
      merchant: z.string(),
      failure: z.enum(FAILURES),
      state: z.enum(ComplaintState),
      outcome: z.enum(ComplaintOutcome).nullable(),
      openedAt: z.coerce.date(),
    }),
  ),
})
export type LimitRow = z.infer<typeof LimitRow>

/** Limits of buyers' rights, those that wait for a person first asked for with `state`; latest first. */
export function buyerLimits(state?: LimitState): AdminList<LimitRow> {
  return {
    row: LimitRow,
    columns: sql`
      l.id, COALESCE(u.email, l."buyerKey") AS email, u.id IS NOT NULL AS account, l.state::text AS state, l."proposedAt", l."decidedAt",
      d."displayName" AS "decidedBy", l.note, l.until,
      (SELECT count(*)::int FROM complaint x WHERE x."buyerKey" = l."buyerKey") AS opened,
      (SELECT count(*)::int FROM "order" o JOIN checkout c ON c.id = o."checkoutId"
       WHERE o."paidAt" IS NOT NULL AND (c."buyerId" = u.id OR u.id IS NULL AND c."buyerId" IS NULL AND c.email = l."buyerKey")) AS "paidOrders",
      COALESCE((SELECT jsonb_agg(jsonb_build_object('id', x.id, 'number', x.number, 'merchant', m.name, 'failure', x.failure, 'state', x.state,
                                                    'outcome', x.outcome, 'openedAt', x."openedAt") ORDER BY x."openedAt" DESC, x.id)
                FROM complaint x JOIN merchant m ON m.id = x."merchantId"
                WHERE x."buyerKey" = l."buyerKey" AND l.complaints @> to_jsonb(x.id::text)), '[]'::jsonb) AS complaints`,
    from: sql`buyer_limit l LEFT JOIN "user" u ON u.id::text = l."buyerKey" LEFT JOIN "user" d ON d.id = l."decidedById"
      WHERE TRUE ${state ? sql`AND l.state = ${state}::"LimitState"` : empty}`,
    at: sql`l."proposedAt"`,
    id: sql`l.id`,
  }
}

export async function listBuyerLimits(db: Tx, state: LimitState | undefined, page: number): Promise<Page<LimitRow>> {
  return listPage(db, buyerLimits(state), page)
}
