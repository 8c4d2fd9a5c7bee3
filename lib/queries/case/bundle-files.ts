import { CASE_FORMAT, type CaseFile, ORDER_FORMAT, type OrderFile, evidencePath } from '@/lib/domain/case-bundle'
import { type CaseEntryType, NO_ENTRY } from '@/lib/domain/complaints'
import { toHex } from '@/lib/domain/provenance'
import { pseudonymOf } from '@/lib/domain/stock'
import type { Json } from '@/lib/kernel/canonical-json'
import { maskEmail } from '@/lib/queries/columns'
import type { OrderRefund } from '@/lib/queries/order/order-money'
import type { ChainEntry, Original, selectPaid } from './bundle-rows'
import type { CaseView } from './find-case'

/** Between the arbitrators: the parties learn the outcome; that something was said stays in the chain. */
const INSIDE: ReadonlySet<CaseEntryType> = new Set(['assigned', 'proposed', 'returned'])

export interface ShownOriginal extends Original {
  readonly path: string
}

/** The files of which the case still shows that they came, numbered in that order. */
export function originalsShown(originals: readonly Original[], chain: readonly ChainEntry[]): ShownOriginal[] {
  const hidden = new Set(
    chain.flatMap((entry) => (entry.hidden && entry.type === 'evidence' ? fileIdIn(entry.body) : [])),
  )
  return originals
    .filter(({ id }) => !hidden.has(id))
    .map((file, at) => ({ ...file, path: evidencePath(at + 1, file.fileName) }))
}

function fileIdIn(body: Json): string[] {
  return body !== null && typeof body === 'object' && 'fileId' in body && typeof body.fileId === 'string'
    ? [body.fileId]
    : []
}

export function withheldOf({ hidden, type }: Pick<ChainEntry, 'hidden' | 'type'>): 'hidden' | 'inside' | null {
  if (hidden) return 'hidden'
  return INSIDE.has(type) ? 'inside' : null
}

/** `case.json`: the chain as it was hashed, and how the case stands. */
export function caseFileOf(
  view: CaseView,
  chain: readonly ChainEntry[],
  originals: readonly ShownOriginal[],
): CaseFile {
  const { id, number, order, units, rulings, penalties } = view
  return {
    format: CASE_FORMAT,
    complaintId: id,
    number,
    orderId: order.id,
    orderNumber: order.number,
    facts: factsOf({
      failure: view.failure,
      demand: view.demand,
      demandMinor: view.demandMinor,
      stakeMinor: view.stakeMinor,
      currency: view.currency,
      state: view.state,
      outcome: view.outcome,
      afterRelease: view.afterRelease,
      openedAt: view.openedAt,
      repliedAt: view.repliedAt,
      escalatedAt: view.escalatedAt,
      ruledAt: view.ruledAt,
      appealedAt: view.appealedAt,
      appealBy: view.appealBy,
      closedAt: view.closedAt,
      rulings,
      penalties,
    }),
    units: units.map(({ cdkId, position, priceMinor, result, replacementId }) => ({
      cdkId,
      position,
      priceMinor,
      result,
      replacementId,
    })),
    evidence: originals.map(({ path, side, kind, fileName, byteCount, sha256, readyAt }) => ({
      path,
      side,
      kind,
      fileName,
      byteCount,
      sha256: toHex(sha256),
      at: readyAt.toISOString(),
    })),
    entries: chain.map((entry, at) => {
      const withheld = withheldOf(entry)
      const before = chain[at - 1]
      return {
        seq: entry.seq,
        type: entry.type,
        at: entry.at.getTime(),
        actorPseudonym: pseudonymOf({ kind: entry.actorKind, id: entry.actorId }, order.id),
        commitment: toHex(entry.commitment),
        prevHash: before ? toHex(before.hash) : NO_ENTRY,
        hash: toHex(entry.hash),
        opening: withheld === null ? { salt: toHex(entry.salt), body: entry.body } : null,
        withheld,
      }
    }),
  }
}

/** `order.json`: what was frozen at purchase, and what was paid and given back. */
export function orderFileOf(
  { order, currency }: CaseView,
  paid: Awaited<ReturnType<typeof selectPaid>>,
  refunds: readonly OrderRefund[],
): OrderFile {
  const { id, number, status, totalMinor, refundedMinor, quantity, snapshotHash } = order
  return {
    format: ORDER_FORMAT,
    orderId: id,
    number,
    snapshot: paid.snapshot,
    snapshotHash,
    facts: factsOf({
      status,
      quantity,
      currency,
      unitPriceMinor: paid.unitPriceMinor,
      discountMinor: paid.discountMinor,
      totalMinor,
      walletMinor: paid.walletMinor,
      refundedMinor,
      buyer: maskEmail(paid.email),
      placedAt: order.placedAt,
      paidAt: order.paidAt,
      deliveredAt: order.deliveredAt,
      firstRevealedAt: order.firstRevealedAt,
      closedAt: order.closedAt,
      payments: paid.payments.map(({ amountMinor, ...payment }) => ({
        ...payment,
        amountMinor: paid.alone ? amountMinor : null,
      })),
      refunds: refunds.map(({ kind, method, status: now, amountMinor, reference, createdAt, settledAt }) => ({
        kind,
        method,
        status: now,
        amountMinor,
        reference,
        createdAt,
        settledAt,
      })),
    }),
  }
}

type Fact = string | number | boolean | null | Date | readonly Fact[] | { readonly [name: string]: Fact }

/** Moments as ISO 8601 in UTC. */
function factsOf(facts: { readonly [name: string]: Fact }): Record<string, Json> {
  return Object.fromEntries(Object.entries(facts).map(([name, fact]) => [name, jsonOf(fact)]))
}

function jsonOf(fact: Fact): Json {
  if (fact instanceof Date) return fact.toISOString()
  if (isList(fact)) return fact.map(jsonOf)
  return fact !== null && typeof fact === 'object' ? factsOf(fact) : fact
}

function isList(fact: Fact): fact is readonly Fact[] {
  return Array.isArray(fact)
}
