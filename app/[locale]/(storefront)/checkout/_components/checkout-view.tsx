import { useLocale, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { getPathname } from '@/i18n/navigation'
import { MoneyStripExplained } from '@/components/money-strip'
import { PageHeader } from '@/components/page-header'
import { Card } from '@/components/ui/card'
import type { QuotedLine } from '@/lib/domain/orders'
import type { Minor } from '@/lib/kernel/money'
import type { OpenOrder, PageQuote } from '@/lib/queries/order'
import { refusalMessage } from '@/lib/web/refusal-message'
import { RulesList } from '../../orders/_components/rules-list'
import { said } from '../../orders/_components/said'
import { type Asked, queryOf, walletPart } from '../asked'
import { CheckoutForm } from './checkout-form'
import { CheckoutItems } from './checkout-items'
import { OpenOrderNotice } from './checkout-notices'
import { PriceCard } from './price-card'

interface Props extends PageQuote {
  asked: Asked & { key: string }
  /** Of this checkout, without language. */
  pathname: string
  back: { href: string; label: string }
  from: 'cart' | 'product'
  open: readonly OpenOrder[]
  user: { readonly email: string } | null
  /** Of the wallet; null for guests. */
  balanceMinor: Minor | null
  /** Instead of the form, when this cannot be ordered now. */
  blocked?: ReactNode
  /** What of the cart is not part of this. */
  leftOut?: ReactNode
}

/** One page from what is bought to the one button: items, price in full, who buys, rules. Nothing here is charged. */
export function CheckoutView(props: Props) {
  const { quote, couponRefusal, asked, pathname, back, from, open, user, balanceMinor, blocked, leftOut } = props
  const t = useTranslations('order.checkout')
  const locale = useLocale()
  const d = useTranslations('delivery.checkout')
  const byHand = quote.lines.filter(({ offer }) => offer.delivery.kind === 'MANUAL')
  const longest = Math.max(0, ...byHand.map(({ offer }) => offer.delivery.hours ?? 0))
  const single = from === 'product'
  const walletMinor = walletPart(asked, balanceMinor ?? 0, quote.totalMinor)
  const action = getPathname({ href: pathname, locale })
  const here = `${action}?${new URLSearchParams(queryOf(asked, single)).toString()}`
  const rules = [...Map.groupBy(quote.lines, ({ offer }) => JSON.stringify(offer.rules)).values()]
  return (
    <>
      <PageHeader title={t('title')} back={back} />
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_minmax(0,26rem)]">
        <div className="grid gap-6">
          <OpenOrderNotice orders={open} />
          {leftOut}
          <CheckoutItems quote={quote} single={single} asked={asked} action={action} />
        </div>
        <div className="grid gap-6 lg:row-span-2">
          <PriceCard
            quote={quote}
            asked={asked}
            single={single}
            action={action}
            couponError={couponRefusal && refusalMessage(couponRefusal, locale)}
            balanceMinor={balanceMinor}
            walletMinor={walletMinor}
          />
          {blocked || (
            <CheckoutForm
              lines={quote.lines.map(({ offer, quantity }) => ({ variantId: offer.variantId, quantity }))}
              from={from}
              byHand={longest > 0}
              couponCode={quote.coupon?.code ?? ''}
              totalMinor={quote.totalMinor}
              walletMinor={walletMinor}
              currency={quote.currency}
              idempotencyKey={asked.key}
              email={user?.email ?? null}
              here={here}
            />
          )}
        </div>
        <div className="grid gap-6">
          <MoneyStripExplained />
          <Card title={t('whereTitle')}>
            {byHand.length < quote.lines.length && <p className="text-ink-soft">{t('where')}</p>}
            {longest > 0 && <p className="text-ink-soft">{d('whereManual', { hours: longest })}</p>}
          </Card>
          <Card title={t('rulesTitle')}>
            {rules.map(([first, ...more]) =>
              first ? (
                <div key={first.offer.variantId} className="mb-4 grid gap-1.5">
                  {rules.length > 1 && <h3 className="text-base">{categoriesOf([first, ...more], locale)}</h3>}
                  <RulesList rules={first.offer.rules} />
                </div>
              ) : null,
            )}
            <p className="text-sm text-ink-soft">{t('frozen')}</p>
          </Card>
        </div>
      </div>
    </>
  )
}

/** The categories that a set of rules goes for. */
function categoriesOf(lines: readonly QuotedLine[], locale: string): string {
  const names = lines.map(({ offer: { category } }) => said(locale, category.nameZh, category.nameEn))
  return [...new Set(names)].join(' · ')
}
