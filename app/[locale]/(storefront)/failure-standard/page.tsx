import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { PageHeader } from '@/components/page-header'
import { Card } from '@/components/ui/card'
import { Notice } from '@/components/ui/notice'
import { type EvidenceKind, FAILURES, FAILURE_STANDARD, type Failure } from '@/lib/domain/complaints'
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
  const byRecords = FAILURES.filter((failure) => FAILURE_STANDARD[failure].shownBy.length === 0)
  const byPeople = FAILURES.filter((failure) => FAILURE_STANDARD[failure].shownBy.length > 0)
  return (
    <>
      <PageHeader title={t('title')}>{t('lead')}</PageHeader>
      <div className="grid gap-8">
        <Notice kind="info" title={t('notYet.title')}>
          {t('notYet.body')}
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
      </div>
    </>
  )
}

async function FailureCard({ failure }: { failure: Failure }) {
  const t = await getTranslations('failures')
  const { shownBy, answeredBy, burden, remedy, recordsDecide } = FAILURE_STANDARD[failure]
  const named = (kinds: readonly EvidenceKind[]) => kinds.map((kind) => t(`evidence.${kind}`))
  return (
    <Card id={failure.toLowerCase().replaceAll('_', '-')} title={t(`name.${failure}`)} className="scroll-mt-24">
      <p className="mb-3">{t(`definition.${failure}`)}</p>
      <dl className="grid gap-2 text-sm">
        <Fact name={t('shown')} values={shownBy.length === 0 ? [t('nothing')] : named(shownBy)} />
        <Fact name={t('answered')} values={named(answeredBy)} />
        <Fact name={t('burden')} values={[t(`who.${burden}`)]} />
        <Fact name={t('remedy')} values={[t(`remedies.${remedy}`)]} />
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
