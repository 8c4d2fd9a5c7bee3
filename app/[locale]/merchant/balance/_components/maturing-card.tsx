import { useTranslations } from 'next-intl'
import { DateTime } from '@/components/date-time'
import { Money } from '@/components/money'
import { Card } from '@/components/ui/card'
import { MATURITY_DAYS } from '@/lib/domain/merchants'
import { TextLink } from '../../../_console/text-link'
import type { MerchantStanding } from '@/lib/queries/merchant'

/** What the merchant's tier means for his money, and when the next of it matures. */
export function MaturingCard({ standing }: { standing: MerchantStanding }) {
  const t = useTranslations('merchant.balance')
  const tier = useTranslations('console.tier')
  const x = useTranslations('claims.balance')
  const { maturing, heldMinor, complainedMinor, complainedOrders } = standing
  return (
    <Card title={t('maturing')}>
      <p className="text-ink-soft">
        {t('tier', { tier: tier(standing.tier), days: MATURITY_DAYS[standing.tier] })} {t('tierText')}
      </p>
      {maturing.length === 0 ? (
        <p className="mt-3">{t('nothingMatures')}</p>
      ) : (
        <ul className="mt-3 max-w-xl">
          {maturing.map(({ at, amountMinor, orders }) => (
            <li
              key={at.toISOString()}
              className="flex flex-wrap items-baseline justify-between gap-x-4 border-b border-line py-2 last:border-b-0"
            >
              <span>
                <DateTime at={at} relative />{' '}
                <span className="text-sm text-ink-soft">{t('orders', { count: orders })}</span>
              </span>
              <span className="font-medium tabular-nums">
                <Money minor={amountMinor} />
              </span>
            </li>
          ))}
        </ul>
      )}
      {complainedMinor > 0 && (
        <p className="mt-3 text-sm text-ink-soft">
          {x.rich('held', { amount: () => <Money minor={complainedMinor} />, count: complainedOrders })}{' '}
          <TextLink href="/merchant/complaints?view=running">{x('look')}</TextLink>
        </p>
      )}
      {heldMinor > complainedMinor && (
        <p className="mt-3 text-sm text-ink-soft">
          {t.rich('held', { amount: () => <Money minor={heldMinor - complainedMinor} /> })}
        </p>
      )}
    </Card>
  )
}
