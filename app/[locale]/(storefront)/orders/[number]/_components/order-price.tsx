import { useLocale, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Money } from '@/components/money'
import { buttonClass } from '@/components/ui/button'
import { routing } from '@/i18n/routing'
import type { OrderPage } from '@/lib/queries/order'
import { providerKey } from '../../_components/providers'

/** What the order cost and how it was paid, every part on its own line; the receipt, once it is paid. */
export function OrderPrice({ order }: { order: OrderPage }) {
  const t = useTranslations('order')
  const { price } = order.snapshot
  const { currency, discountMinor, promoMinor, couponCode, totalMinor } = price
  const byProvider = totalMinor - order.walletMinor
  const provider = t(`provider.${providerKey(order.provider)}`)
  return (
    <>
      <dl className="mt-5 grid gap-1.5 border-t border-line pt-4 text-[0.9375rem]">
        {discountMinor > 0 && (
          <>
            <Row term={t('page.goods')} minor={price.unitPriceMinor * price.quantity} currency={currency} />
            <Row
              term={couponCode === null ? t('page.discount') : t('page.discountWith', { code: couponCode })}
              minor={-discountMinor}
              currency={currency}
            />
            {promoMinor > 0 && <Row term={t('page.promo')} minor={promoMinor} currency={currency} quiet />}
          </>
        )}
        <div className="flex items-baseline justify-between gap-4 font-semibold">
          <dt>{t('page.total')}</dt>
          <dd>
            <Money minor={totalMinor} currency={currency} />
          </dd>
        </div>
        {order.walletMinor > 0 && <Row term={t('page.wallet')} minor={order.walletMinor} currency={currency} quiet />}
        {order.walletMinor > 0 && byProvider > 0 && (
          <Row term={t('page.paidBy', { provider })} minor={byProvider} currency={currency} quiet />
        )}
      </dl>
      {order.paidAt && <ReceiptLinks number={order.number} />}
    </>
  )
}

/** The reader's language first; the other one for whoever he has to show it to. */
function ReceiptLinks({ number }: { number: string }) {
  const t = useTranslations('order.page')
  const here = useLocale()
  const languages = routing.locales.toSorted((a, b) => Number(b === here) - Number(a === here))
  return (
    <p className="mt-4 flex flex-wrap gap-3">
      {languages.map((language) => (
        <a
          key={language}
          href={`/api/orders/${number}/receipt?lang=${language}`}
          className={buttonClass({ variant: language === here ? 'secondary' : 'quiet', size: 'sm' })}
        >
          {t(language === here ? 'receipt' : 'receiptOther')}
        </a>
      ))}
    </p>
  )
}

function Row({
  term,
  minor,
  currency,
  quiet = false,
}: {
  term: ReactNode
  minor: number
  currency: string
  quiet?: boolean
}) {
  return (
    <div className={`flex items-baseline justify-between gap-4 text-ink-soft ${quiet ? 'ps-4 text-sm' : ''}`}>
      <dt>{term}</dt>
      <dd>
        <Money minor={minor} currency={currency} />
      </dd>
    </div>
  )
}
