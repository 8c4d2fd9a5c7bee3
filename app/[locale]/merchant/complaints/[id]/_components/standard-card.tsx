import { useLocale, useTranslations } from 'next-intl'
import { Card } from '@/components/ui/card'
import { type EvidenceKind, FAILURE_STANDARD } from '@/lib/domain/complaints'
import { penaltyOf } from '@/lib/domain/merchants'
import { formatMoney } from '@/lib/kernel/money'
import type { CaseView } from '@/lib/queries/case'
import { Fact, Facts } from '../../../../_console/facts'
import { TextLink } from '../../../../_console/text-link'

/** What the failure standard says of this failure, for whoever is about to answer. */
export function StandardCard({ view: { failure, stakeMinor, currency } }: { view: CaseView }) {
  const t = useTranslations('claims')
  const f = useTranslations('failures')
  const locale = useLocale()
  const { shownBy, answeredBy, burden, tariff } = FAILURE_STANDARD[failure]
  const named = (kinds: readonly EvidenceKind[]) =>
    kinds.map((kind) => (
      <span key={kind} className="block">
        {f(`evidence.${kind}`)}
      </span>
    ))
  return (
    <Card title={t('rule.title')}>
      <p className="mb-3">{f(`definition.${failure}`)}</p>
      <Facts>
        <Fact term={t('rule.shown')}>{shownBy.length === 0 ? f('nothing') : named(shownBy)}</Fact>
        <Fact term={t('rule.answered')}>{named(answeredBy)}</Fact>
        <Fact term={t('rule.burden')}>{f(`who.${burden}`)}</Fact>
        <Fact term={t('rule.tariff')}>
          {tariff
            ? t('rule.tariffText', {
                name: t(`tariff.${tariff}`),
                amount: formatMoney(penaltyOf(tariff, stakeMinor), currency, locale),
              })
            : t('rule.noTariff')}
        </Fact>
      </Facts>
      <p className="mt-3">
        <TextLink href={`/failure-standard#${failure.toLowerCase().replaceAll('_', '-')}`}>{t('rule.link')}</TextLink>
      </p>
    </Card>
  )
}
