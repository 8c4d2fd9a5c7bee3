import {
  type Bearers,
  type MerchantOrder,
  type RefundPreview,
  previewRefund,
  refundableCdks,
} from '@/lib/queries/merchant'
import type { CaseView } from '@/lib/queries/case'
import { Refusal } from '@/lib/kernel/refusal'
import { UnitChoice } from '../complaint-input'

/** What accepting would come to: the CDKs by what becomes of them, and the money; null where none moves. */
export interface AcceptEffect {
  readonly replaced: number
  readonly preview: RefundPreview | null
}

/**
 * What becomes of each CDK as it stands in the address; without, what was demanded, replaced as far as stock goes. A demanded compensation
 * names none.
 */
export function choiceOf(view: CaseView, stock: number, asked: string | string[] | undefined): readonly UnitChoice[] {
  if (view.demand === 'COMPENSATION') return []
  const read = [asked ?? []].flat().flatMap((text) => UnitChoice.safeParse(text).data ?? [])
  return view.units.map(({ cdkId }, at) => {
    const chosen = read.find((choice) => choice.cdkId === cdkId)?.result
    const replace = view.demand === 'REPLACEMENT' && (chosen ? chosen === 'REPLACED' : at < stock)
    return { cdkId, result: replace ? 'REPLACED' : 'REFUNDED' }
  })
}

/** Counts it with the same formulas as a refund. Refuses what that refuses, and what only the protection fund could pay. */
export function effectOf(
  view: CaseView,
  order: MerchantOrder,
  bearers: Bearers,
  choice: readonly UnitChoice[],
): AcceptEffect {
  const left = refundableCdks(order)
  const cdkIds = choice.flatMap(({ cdkId, result }) => (result === 'REFUNDED' && left.includes(cdkId) ? [cdkId] : []))
  const replaced = choice.length - choice.filter(({ result }) => result === 'REFUNDED').length
  const amountMinor = choice.length === 0 ? (view.demandMinor ?? view.stakeMinor) : 0
  if (cdkIds.length === 0 && amountMinor === 0) return { replaced, preview: null }
  const most = Math.min(amountMinor, order.totalMinor - order.refundedMinor)
  const preview = previewRefund(order, bearers, cdkIds.length > 0 ? { cdkIds } : { amountMinor: most })
  if (preview.fromFundMinor > 0) throw new Refusal('refund/beyond-own-money', { lackMinor: preview.fromFundMinor })
  return { replaced, preview }
}
