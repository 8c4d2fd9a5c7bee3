import { z } from 'zod'
import { OrderSnapshot } from '@/lib/domain/orders'
import { type LogIdentity, type LogKeys, bundleOf, readLogIdentity } from '@/lib/domain/sealing'
import type { Tx } from '@/lib/domain/tx'
import type { CaseSide } from '@/lib/infra/prisma/enums'
import { Refusal } from '@/lib/kernel/refusal'
import { maskEmail } from '@/lib/queries/columns'
import { readOrderMoney } from '@/lib/queries/order/order-money'
import { toHex } from '@/lib/domain/provenance'
import { caseFileOf, orderFileOf, originalsShown, withheldOf } from './bundle-files'
import { type ChainEntry, selectChain, selectOriginals, selectPaid } from './bundle-rows'
import { EntryBody } from './entry-body'
import { type CaseView, findCase } from './find-case'

/** The zone of the mall's documents. */
const TIME_ZONE = 'Asia/Shanghai'

/** Of a file that was brought. */
const Hash = z.object({ sha256: z.string().nullish() }).catch({})

export type CaseBundleSource = NonNullable<Awaited<ReturnType<typeof findCaseBundle>>>

/**
 * Everything that the evidence bundle of a case is made of, at one moment: give it a snapshot (`inSnapshot`). The same for every side; what is
 * between arbitrators, withdrawn messages and the buyer's address are not in it, codes nowhere. Null when there is no such case.
 */
export async function findCaseBundle(tx: Tx, keys: LogKeys, complaintId: string, now: Date) {
  const view = await findCase(tx, complaintId, 'STAFF')
  if (!view) return null
  const { order } = view
  const chain = await selectChain(tx, complaintId)
  const originals = originalsShown(await selectOriginals(tx, complaintId), chain)
  const paid = await selectPaid(tx, order.id)
  const { checkoutId } = paid
  const money = await readOrderMoney(tx, { ...order, checkoutId, currency: view.currency })
  const provenance = await proofOf(tx, keys, view)
  return {
    asOf: now,
    caseFile: caseFileOf(view, chain, originals),
    orderFile: orderFileOf(view, paid, money.refunds),
    originals,
    provenance,
    log: (await readLogIdentity(tx, keys)) satisfies LogIdentity,
    document: {
      ...documentOf(view, chain, paid),
      asOf: now,
      proof: provenance.kind === 'included',
      refunds: money.refunds.map(({ createdAt, settledAt, amountMinor, method, status, reference }) => ({
        at: settledAt ?? createdAt,
        amountMinor,
        method,
        status,
        reference,
      })),
      evidence: originals.map(({ path, side, kind, byteCount, sha256, readyAt }) => ({
        path,
        side,
        kind,
        byteCount,
        sha256: toHex(sha256),
        at: readyAt,
      })),
    },
  }
}

/** What the timeline and the texts for other channels tell. */
function documentOf(view: CaseView, chain: readonly ChainEntry[], paid: Awaited<ReturnType<typeof selectPaid>>) {
  const { order, ...shown } = view
  const { product, variant, merchant, price, rules } = OrderSnapshot.parse(paid.snapshot)
  const [payment] = paid.payments
  return {
    ...shown,
    timeZone: TIME_ZONE,
    orderNumber: order.number,
    buyer: maskEmail(paid.email),
    seller: { shopName: merchant.name, legalName: merchant.legalName, creditCode: merchant.legalNumber },
    titleZh: product.titleZh,
    titleEn: product.titleEn,
    variantZh: variant.nameZh,
    variantEn: variant.nameEn,
    quantity: price.quantity,
    unitPriceMinor: price.unitPriceMinor,
    discountMinor: price.discountMinor,
    totalMinor: order.totalMinor,
    walletMinor: paid.walletMinor,
    refundedMinor: order.refundedMinor,
    payment: payment && order.totalMinor > paid.walletMinor ? payment : null,
    placedAt: order.placedAt,
    paidAt: order.paidAt,
    deliveredAt: order.deliveredAt,
    endedAt: order.closedAt,
    snapshotHash: order.snapshotHash,
    rules,
    entries: chain.map((entry) => {
      const withheld = withheldOf(entry)
      const { seq, type, at, actorKind } = entry
      const body = withheld === null ? { ...EntryBody.parse(entry.body), ...Hash.parse(entry.body) } : null
      return { seq, type, at, by: sideOf(actorKind), body, withheld, hash: toHex(entry.hash) }
    }),
  }
}

function sideOf(kind: ChainEntry['actorKind']): CaseSide | 'SYSTEM' {
  return kind === 'BUYER' || kind === 'MERCHANT' || kind === 'SYSTEM' ? kind : 'STAFF'
}

/** The proof of the CDKs in question, and of those handed over for them. What is seconds old waits for the sealer: a later bundle has it. */
async function proofOf(tx: Tx, keys: LogKeys, { order, units }: CaseView) {
  const cdkIds = units.flatMap(({ cdkId, replacementId }) => [
    cdkId,
    ...(replacementId === null ? [] : [replacementId]),
  ])
  if (cdkIds.length === 0) return { kind: 'none' } as const
  try {
    const text = await bundleOf(tx, keys, { subject: { kind: 'order', id: order.id }, cdkIds })
    return { kind: 'included', text } as const
  } catch (error) {
    if (error instanceof Refusal && error.code === 'provenance/not-sealed') return { kind: 'waiting' } as const
    throw error
  }
}
