import { type Verdict, appealDifference, grantedOf, isForBuyer, tariffsOf } from '@/lib/domain/arbitration'
import { type OrderMoney as OrderPrice, feeLeft, grossLeft, netLeft } from '@/lib/domain/ledger'
import { penaltyOf } from '@/lib/domain/merchants'
import { priceOfCdks } from '@/lib/domain/orders'
import type { Minor } from '@/lib/kernel/money'
import type { CaseView } from '@/lib/queries/case'
import type { OrderMoney } from '@/lib/queries/order-money'
import type { ArbitrationFile } from './find-file'

export type Chosen = Pick<Verdict, 'units' | 'compensationMinor' | 'tariffs'>

/** What a ruling would move, and where the order's money would stand then. */
export interface RulingEffect {
  readonly refundedMinor: Minor
  readonly compensationMinor: Minor
  readonly replaced: number
  /** Replacements that stock does not hold: refunded instead. */
  readonly short: number
  readonly penaltyMinor: Minor
  /** On appeal: what the protection fund pays the merchant back, and the penalties that return to him. */
  readonly repaidMinor: Minor
  readonly returnedMinor: Minor
  readonly after: OrderMoney
}

/**
 * What a verdict comes to now, by the formulas that carry it out. Decides nothing: the verb counts again with everything locked. Refuses
 * `complaint/ruling-incomplete` for what no appeal may change.
 */
export function rulingEffect(view: CaseView, file: ArbitrationFile, chosen: Chosen): RulingEffect {
  const appeal = view.state === 'APPEALED' && file.firstRuling ? appealDifference(file.firstRuling, chosen) : null
  const units = appeal ? appeal.more : chosen.units
  const wantedMinor = appeal ? appeal.moreCompensationMinor : chosen.compensationMinor
  const { order } = view
  const held = (cdkId: string) => file.held.includes(cdkId)
  const replace = units.filter(({ cdkId, result }) => result === 'REPLACED' && held(cdkId)).length
  const replaced = order.snapshot.delivery.kind === 'AUTOMATIC' ? Math.min(replace, file.stock) : 0
  const back = units.filter(({ cdkId, result }) => result === 'REFUNDED' && held(cdkId)).length + replace - replaced
  const leftMinor = order.totalMinor - order.refundedMinor
  const price = { ...order, refundedUnits: file.refundedUnits }
  const refundedMinor = back === 0 ? 0 : back === file.held.length ? leftMinor : priceOfCdks(price, back)
  const compensationMinor = Math.min(wantedMinor, leftMinor - refundedMinor)
  const more = refundedMinor + compensationMinor
  return {
    refundedMinor,
    compensationMinor,
    replaced,
    short: replace - replaced,
    penaltyMinor: appeal && units.length === 0 && wantedMinor === 0 ? 0 : penaltyFor(view, chosen),
    repaidMinor: appeal?.repaidMinor ?? 0,
    returnedMinor: appeal && !isForBuyer(chosen) ? penaltiesOf(view) : 0,
    after: afterwards(view, file, more, appeal?.repaidMinor ?? 0),
  }
}

function penaltyFor(
  { failure, units: judged, penalties }: CaseView,
  { units, compensationMinor, tariffs }: Chosen,
): Minor {
  if (!isForBuyer({ units, compensationMinor })) return 0
  const grantedMinor = grantedOf(judged, { units, compensationMinor })
  return tariffsOf(failure)
    .filter((tariff) => tariffs.includes(tariff) && !penalties.some((taken) => taken.tariff === tariff))
    .reduce((sum, tariff) => sum + penaltyOf(tariff, grantedMinor), 0)
}

function penaltiesOf({ penalties }: CaseView): Minor {
  return penalties.reduce((sum, { takenMinor, returnedAt }) => sum + (returnedAt ? 0 : takenMinor), 0)
}

function afterwards(
  { order, money, merchantId }: CaseView,
  file: ArbitrationFile,
  moreMinor: Minor,
  repaidMinor: Minor,
) {
  const { promoMinor, feeMinor, walletMinor } = file
  const { totalMinor } = order
  const price: OrderPrice = { ...order, merchantId, currency: 'CNY', totalMinor, promoMinor, feeMinor, walletMinor }
  const [before, then] = [order.refundedMinor, order.refundedMinor + moreMinor]
  const released = order.status === 'CONFIRMED'
  const merchantLess = released ? netLeft(price, before) - netLeft(price, then) : 0
  const feeLess = released ? feeLeft(price, before) - feeLeft(price, then) : 0
  return {
    ...money,
    heldMinor: released ? money.heldMinor : money.heldMinor - (grossLeft(price, before) - grossLeft(price, then)),
    merchantMinor: money.merchantMinor - merchantLess + repaidMinor,
    feeMinor: money.feeMinor - feeLess,
    refundingMinor: money.refundingMinor + moreMinor,
  }
}
