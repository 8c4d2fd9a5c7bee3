import type { Metadata } from 'next'
import { getFormatter, getLocale, getTranslations } from 'next-intl/server'
import { PageHeader } from '@/components/page-header'
import { Card } from '@/components/ui/card'
import { TextLink } from '@/components/text-link'
import { Notice } from '@/components/ui/notice'
import { AfterSaleRules } from '@/lib/domain/catalog'
import { type EvidenceKind, FAILURES, FAILURE_STANDARD, type Failure } from '@/lib/domain/complaints'
import { PENALTY_TARIFF, type Tariff } from '@/lib/domain/merchants'
import { pageMetadata } from '@/app/[locale]/(storefront)/_components/seo'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('failures')
  return pageMetadata({
    title: t('title'),
    description: t('metaDescription'),
    path: '/failure-standard',
    locale: await getLocale(),
  })
}

export default async function FailureStandardPage() {
  const t = await getTranslations('failures')
  const c = await getTranslations('claims.inForce')
  const byRecords = FAILURES.filter((failure) => FAILURE_STANDARD[failure].shownBy.length === 0)
  const byPeople = FAILURES.filter((failure) => FAILURE_STANDARD[failure].shownBy.length > 0)
  return (
    <>
      <PageHeader title={t('title')}>{t('lead')}</PageHeader>
      <div className="grid gap-8">
        <Notice kind="success" title={c('title')}>
          {c('body')}
        </Notice>
        <section>
          <h2 className="text-xl">{t('atOnce')}</h2>
          <p className="mt-1 mb-4 max-w-prose text-ink-soft">{t('atOnceLead')}</p>
          <div className="grid gap-4 md:grid-cols-3">
            {byRecords.map((failure) => (
              <FailureCard key={failure} failure={failure} />
            ))}
          </div>
        </section>
        <section>
          <h2 className="mb-4 text-xl">{t('people')}</h2>
          <div className="grid gap-4 md:grid-cols-2 lg:grid-cols-3">
            {byPeople.map((failure) => (
              <FailureCard key={failure} failure={failure} />
            ))}
          </div>
        </section>
        <Clocks />
      </div>
    </>
  )
}

/** How long everybody has, and what happens when they let it pass: the defaults of the after-sale rules. */
async function Clocks() {
  const t = await getTranslations('claims.inForce')
  const rules = AfterSaleRules.parse({})
  const clocks = [
    [t('reply'), t('replyText', { hours: rules.merchantReplyHours })],
    [t('evidence'), t('evidenceText', { hours: rules.buyerEvidenceHours })],
    [t('escalation'), t('escalationText', { hours: rules.escalationHours })],
    [t('arbitration'), t('arbitrationText', { hours: rules.arbitrationHours, days: rules.arbitrationRefundDays })],
    [t('appeal'), t('appealText', { days: rules.appealDays })],
    [t('claims'), t('claimsText', { days: rules.claimDays, fraud: rules.fraudClaimDays })],
  ] as const
  return (
    <Card title={t('clocks')}>
      <p className="mb-4 max-w-prose text-ink-soft">{t('clocksLead')}</p>
      <dl className="grid gap-3 sm:grid-cols-2">
        {clocks.map(([name, text]) => (
          <Fact key={name} name={name} values={[text]} />
        ))}
      </dl>
      <p className="mt-4">
        <TextLink href="/penalties">{t('penalties')}</TextLink>
      </p>
    </Card>
  )
}

async function FailureCard({ failure }: { failure: Failure }) {
  const t = await getTranslations('failures')
  const [c, p] = [await getTranslations('claims.inForce'), await getTranslations('claims.tariff')]
  const format = await getFormatter()
  const { shownBy, answeredBy, burden, remedy, recordsDecide, tariff } = FAILURE_STANDARD[failure]
  const decides = burden === 'PLATFORM' ? 'PLATFORM' : recordsDecide ? 'RECORDS' : 'MERCHANT'
  const share = (of: Tariff) => format.number(PENALTY_TARIFF[of].bps / 10_000, { style: 'percent' })
  const named = (kinds: readonly EvidenceKind[]) => kinds.map((kind) => t(`evidence.${kind}`))
  return (
    <Card id={failure.toLowerCase().replaceAll('_', '-')} title={t(`name.${failure}`)} className="scroll-mt-24">
      <p className="mb-3">{t(`definition.${failure}`)}</p>
      <dl className="grid gap-2 text-sm">
        <Fact name={t('shown')} values={shownBy.length === 0 ? [t('nothing')] : named(shownBy)} />
        <Fact name={t('answered')} values={named(answeredBy)} />
        <Fact name={t('burden')} values={[t(`who.${burden}`)]} />
        <Fact name={t('remedy')} values={[t(`remedies.${remedy}`)]} />
        <Fact name={c('who')} values={[c(`decide.${decides}`)]} />
        <Fact name={c('tariff')} values={[tariff ? `${p(tariff)} ${share(tariff)}` : c('noTariff')]} />
        {recordsDecide && <Fact name={t('decided')} values={[t(`records.${recordsDecide}`)]} />}
      </dl>
    </Card>
  )
}

function Fact({ name, values }: { name: string; values: readonly string[] }) {
  return (
    <div>
      <dt className="text-ink-soft">{name}</dt>
      {values.map((value) => (
        <dd key={value}>{value}</dd>
      ))}
    </div>
  )
}
