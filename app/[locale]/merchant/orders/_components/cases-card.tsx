import { useTranslations } from 'next-intl'
import { CaseBadge } from '@/components/case/case-badge'
import { DateTime } from '@/components/date-time'
import { Card } from '@/components/ui/card'
import { Notice } from '@/components/ui/notice'
import type { MerchantOrder } from '@/lib/queries/merchant'
import { TextLink } from '../../../_console/text-link'

/** The complaints about an order, and that they keep it from being released. */
export function CasesCard({ order: { cases, complainedAt } }: { order: MerchantOrder }) {
  const t = useTranslations('claims.ofOrder')
  const [f, c] = [useTranslations('failures.name'), useTranslations('case.outcome')]
  return (
    <Card title={t('title')}>
      <div className="grid gap-4">
        {complainedAt && (
          <Notice kind="warn" title={t('held')}>
            {t('heldText')}
          </Notice>
        )}
        <ul className="grid gap-2">
          {cases.map(({ id, number, failure, state, outcome, openedAt }) => (
            <li key={id} className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
              <TextLink href={`/merchant/complaints/${id}`}>{t('since', { number, failure: f(failure) })}</TextLink>
              <CaseBadge state={state} />
              <span className="text-sm text-ink-soft">
                <DateTime at={openedAt} /> {outcome && c(outcome)}
              </span>
            </li>
          ))}
        </ul>
      </div>
    </Card>
  )
}
