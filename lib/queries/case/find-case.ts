import type { z } from 'zod'
import { type Ball, ballOf, type CaseEntryType } from '@/lib/domain/complaints'
import { type Sql, type Tx, sql } from '@/lib/domain/tx'
import type { ActorKind, CaseSide } from '@/lib/infra/prisma/enums'
import { type BuyerScope, inScope } from '@/lib/queries/order/scope'
import { type OrderMoney, selectOrderMoney } from '@/lib/queries/order-money'
import type { CaseRow } from './case-row'
import { EntryBody } from './entry-body'
import { versionOf } from './case-version'
import { selectCase } from './select-case'

/** Something that was said or done in a case. Who of the staff it was is never said. */
export interface CaseEntryShown {
  readonly seq: number
  readonly type: CaseEntryType
  readonly at: Date
  /** The system where nobody acted. */
  readonly by: CaseSide | 'SYSTEM'
  /** Null once it was withdrawn from view: its hash stays. */
  readonly body: EntryBody | null
  /** Hex. */
  readonly hash: string
}

/** A case as one of its sides sees it. */
export type CaseView = Omit<z.infer<typeof CaseRow>, 'entries'> & {
  /** Who reads it. */
  readonly side: CaseSide
  readonly entries: readonly CaseEntryShown[]
  readonly money: OrderMoney
  /** Whose turn it is, until when, and what silence does. */
  readonly ball: Ball
  /** Changes whenever the page would: `findCaseVersion`. */
  readonly version: string
}

/** Between the arbitrators: parties learn of a ruling when it is one. */
const INSIDE: ReadonlySet<CaseEntryType> = new Set(['proposed', 'returned'])

/** A case in two statements, for a side whose right to it was looked at already; null when there is none. */
export async function findCase(db: Tx, complaintId: string, side: CaseSide): Promise<CaseView | null> {
  return view(db, sql`x.id = ${complaintId}::uuid`, side)
}

/** The same of a merchant's own case. */
export async function findCaseOfMerchant(db: Tx, merchantId: string, complaintId: string): Promise<CaseView | null> {
  return view(db, sql`x.id = ${complaintId}::uuid AND x."merchantId" = ${merchantId}::uuid`, 'MERCHANT')
}

/** The buyer's own case by the numbers in its address; null outside the scope. */
export async function findCaseOfOrder(
  db: Tx,
  scope: BuyerScope,
  { order, number }: { readonly order: string; readonly number: string },
): Promise<CaseView | null> {
  return view(db, sql`o.number = ${order} AND x.number = ${number} AND ${inScope(scope)}`, 'BUYER')
}

async function view(db: Tx, which: Sql, side: CaseSide): Promise<CaseView | null> {
  const row = await selectCase(db, which)
  if (!row) return null
  const money = await selectOrderMoney(db, row.order.id)
  const entries = row.entries
    .filter(({ type }) => side === 'STAFF' || !INSIDE.has(type))
    .map(({ actorKind, body, hidden, ...entry }) => ({
      ...entry,
      by: sideOf(actorKind),
      body: hidden ? null : EntryBody.parse(body ?? {}),
    }))
  const proposed = side === 'STAFF' && row.proposed
  const ball = ballOf(row, row.order.snapshot.rules)
  return { ...row, proposed, side, entries, money, ball, version: versionOf(row.state, row.head.seq, row.reads) }
}

function sideOf(kind: ActorKind): CaseSide | 'SYSTEM' {
  return kind === 'BUYER' || kind === 'MERCHANT' || kind === 'SYSTEM' ? kind : 'STAFF'
}
