import { useTranslations } from 'next-intl'
import { DateTime } from '@/components/date-time'
import { Money } from '@/components/money'
import type { Decision } from '@/lib/queries/admin'
import { Fact, Facts } from '../../_console/facts'
import { ReasonText } from '../../_console/reason-text'

const BEARERS = ['Escrow', 'Pending', 'Available', 'Deposit', 'Fund'] as const

/** A decision to give money back: who took it, why, and who bore it. */
export function DecisionFacts({ decision }: { decision: Decision }) {
  const t = useTranslations('admin.decision')
  const c = useTranslations('console.column')
  const by = useTranslations('console.actor')
  const { currency } = decision
  return (
    <Facts>
      <Fact term={t('by')}>
        {by(decision.actorKind)} {decision.actorName} · <DateTime at={decision.createdAt} style="second" />
      </Fact>
      <Fact term={c('reason')}>
        <ReasonText reason={decision.reason} />
        {decision.note && <span className="block text-sm text-ink-soft">{decision.note}</span>}
      </Fact>
      <Fact term={t('toBuyer')}>
        <Money minor={decision.amountMinor} currency={currency} className="font-semibold" />
        {decision.cdks > 0 && <span className="text-ink-soft"> · {t('cdks', { count: decision.cdks })}</span>}
      </Fact>
      {decision.promoMinor > 0 && (
        <Fact term={t('promo')}>
          <Money minor={decision.promoMinor} currency={currency} />
        </Fact>
      )}
      {decision.feeMinor > 0 && (
        <Fact term={t('fee')}>
          <Money minor={decision.feeMinor} currency={currency} />
        </Fact>
      )}
      <Fact term={t('borne')}>
        {BEARERS.filter((from) => decision[`from${from}Minor`] > 0).map((from) => (
          <span key={from} className="block">
            {t(`from${from}`)} <Money minor={decision[`from${from}Minor`]} currency={currency} />
          </span>
        ))}
      </Fact>
    </Facts>
  )
}
