import { useTranslations } from 'next-intl'
import { RecordFactText } from '@/components/case/record-fact-text'
import { Card } from '@/components/ui/card'
import { type EvidenceKind, FAILURE_STANDARD, type RecordFact } from '@/lib/domain/complaints'
import type { Precedent } from '@/lib/queries/arbitration'
import type { CaseView } from '@/lib/queries/case'
import { DateTime } from '@/components/date-time'
import { Badge } from '@/components/ui/badge'
import { Fact, Facts } from '../../_console/facts'

/** What the failure standard says of what is claimed here. */
export function StandardCard({ view: { failure } }: { view: CaseView }) {
  const t = useTranslations('failures')
  const a = useTranslations('arbitration.standard')
  const { shownBy, answeredBy, burden, remedy } = FAILURE_STANDARD[failure]
  const named = (kinds: readonly EvidenceKind[]) =>
    kinds.length === 0 ? t('nothing') : kinds.map((kind) => t(`evidence.${kind}`)).join(a('or'))
  return (
    <Card title={a('title', { failure: t(`name.${failure}`) })}>
      <p className="mb-3">{t(`definition.${failure}`)}</p>
      <Facts>
        <Fact term={t('shown')}>{named(shownBy)}</Fact>
        <Fact term={t('answered')}>{named(answeredBy)}</Fact>
        <Fact term={t('burden')}>{t(`who.${burden}`)}</Fact>
        <Fact term={t('remedy')}>{t(`remedies.${remedy}`)}</Fact>
      </Facts>
    </Card>
  )
}

/** What our own records say of it. */
export function RecordsCard({ view, facts }: { view: CaseView; facts: readonly RecordFact[] }) {
  const t = useTranslations('arbitration.standard')
  return (
    <Card title={t('records')}>
      {facts.length === 0 ? (
        <p className="text-ink-soft">{t('noRecords')}</p>
      ) : (
        <ul className="grid gap-2">
          {facts.map((fact) => (
            <li key={`${fact.record}-${fact.cdkId ?? ''}-${fact.at}`}>
              <RecordFactText fact={fact} view={view} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}

/** How the same was finally decided before. */
export function Precedents({ precedents }: { precedents: readonly Precedent[] }) {
  const t = useTranslations('arbitration.precedents')
  const k = useTranslations('case')
  return (
    <Card title={t('title')}>
      {precedents.length === 0 ? (
        <p className="text-ink-soft">{t('none')}</p>
      ) : (
        <ul className="grid gap-4">
          {precedents.map(({ id, at, appeal, forBuyer, reasons, results }) => (
            <li key={id} className="grid gap-1">
              <span className="flex flex-wrap items-center gap-2">
                <DateTime at={at} className="text-sm text-ink-soft" />
                <Badge tone={forBuyer ? 'jade' : 'info'}>
                  {k(forBuyer ? 'ruling.forBuyer' : 'ruling.forMerchant')}
                </Badge>
                {appeal && <Badge>{t('appeal')}</Badge>}
              </span>
              {results.length > 0 && (
                <span className="text-sm">
                  {results.map(({ result, count }) => `${k(`result.${result}`)} × ${count}`).join(' · ')}
                </span>
              )}
              <p className="wrap-anywhere whitespace-pre-wrap">{reasons}</p>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
