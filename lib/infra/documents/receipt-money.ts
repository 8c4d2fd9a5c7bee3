import { invariant } from '@/lib/kernel/invariant'
import { formatMoney } from '@/lib/kernel/money'
import type { Locale } from '@/i18n/routing'
import { COLOUR, PAGE, type Sheet, type Style } from './sheet'
import type { Receipt } from './types'
import type { Words } from './words'

const LABEL = { x: PAGE.left + 120, width: 276, align: 'right' } as const
const AMOUNT = { x: PAGE.right - 92, width: 92, align: 'right' } as const

const PART: Style = { size: 8, colour: COLOUR.faint }
const SUM: Style = { size: 9, colour: COLOUR.soft }
const TOTAL: Style = { size: 12, weight: 'medium' }

/** A receipt whose parts do not make its total is our bug and must not leave the house. */
export function requireSums(receipt: Receipt): void {
  const { orderNumber, quantity, unitPriceMinor, discountMinor, promoMinor, totalMinor, walletMinor } = receipt
  invariant(
    quantity * unitPriceMinor - discountMinor === totalMinor,
    `receipt ${orderNumber}: the parts miss the total`,
  )
  invariant(promoMinor >= 0 && promoMinor <= discountMinor, `receipt ${orderNumber}: promotion above the discount`)
  invariant(walletMinor >= 0 && walletMinor <= totalMinor, `receipt ${orderNumber}: wallet part above the total`)
  invariant(receipt.payment !== null || walletMinor === totalMinor, `receipt ${orderNumber}: a part was paid by nobody`)
  invariant(backOf(receipt, () => true) <= totalMinor, `receipt ${orderNumber}: more refunded than paid`)
}

/** From the goods down to what is paid after refunds, each part on its own line. */
export function drawSums(sheet: Sheet, words: Words, locale: Locale, receipt: Receipt): void {
  const money = (minor: number) => formatMoney(minor, receipt.currency, locale)
  const line = (label: string, minor: number, style: Style) => {
    const laid = sheet.lay([
      { ...LABEL, ...style, text: label },
      { ...AMOUNT, ...style, text: money(minor) },
    ])
    sheet.room(laid.height)
    laid.draw(1)
  }
  const { coupon, discountMinor, promoMinor, totalMinor, walletMinor, payment } = receipt
  const goodsMinor = totalMinor + discountMinor
  line(words('receipt.goods'), goodsMinor, SUM)
  if (discountMinor > 0) {
    line(coupon ? words('receipt.discountWith', { coupon }) : words('receipt.discount'), -discountMinor, SUM)
    if (promoMinor > 0) line(words('receipt.promo'), promoMinor, PART)
  }
  line(words('receipt.fee'), 0, SUM)
  sheet.y += 3
  line(words('receipt.total'), totalMinor, { ...TOTAL, colour: COLOUR.vermilion })
  if (walletMinor > 0) line(words('receipt.byWallet'), walletMinor, PART)
  if (payment) line(words('receipt.byProvider', { provider: payment.provider }), totalMinor - walletMinor, PART)
  if (receipt.refunds.length === 0) return
  const doneMinor = backOf(receipt, (status) => status === 'SUCCEEDED')
  const underWayMinor = backOf(receipt, (status) => status !== 'SUCCEEDED')
  sheet.y += 3
  if (doneMinor > 0) line(words('receipt.refunded'), -doneMinor, SUM)
  if (underWayMinor > 0) line(words('receipt.refunding'), -underWayMinor, SUM)
  line(words('receipt.net'), totalMinor - doneMinor - underWayMinor, { ...SUM, weight: 'medium', colour: COLOUR.ink })
}

function backOf({ refunds }: Receipt, counts: (status: Receipt['refunds'][number]['status']) => boolean): number {
  return refunds.reduce((sum, { status, amountMinor }) => sum + (counts(status) ? amountMinor : 0), 0)
}
