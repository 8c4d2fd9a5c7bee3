import type { Metadata } from 'next'
import { unstable_cache } from 'next/cache'
import { getLocale, getTranslations } from 'next-intl/server'
import { pageMetadata } from '@/app/[locale]/(storefront)/_components/seo'
import type { SearchParams } from '@/app/[locale]/_console/params'
import { PageHeader } from '@/components/page-header'
import { TextLink } from '@/components/text-link'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { Tabs } from '@/components/ui/tabs'
import { db } from '@/lib/infra/db'
import { findTransparency } from '@/lib/queries/storefront'
import { ArbitrationFacts, Endings, Overview, Penalties } from './_components/report-parts'
import { CategoryTable, FailureTable } from './_components/kind-tables'
import { PERIODS, periodParam } from './query'

const FRESH_S = 300

/** Everybody sees the same report: it is counted once in a while, not for every visitor. */
const report = unstable_cache((days: number) => findTransparency(db(), days, new Date()), ['transparency'], {
  revalidate: FRESH_S,
})

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('transparency')
  return pageMetadata({
    title: t('title'),
    description: t('metaDescription'),
    path: '/transparency',
    locale: await getLocale(),
  })
}

/** What became of the mall's complaints; names nobody. */
export default async function TransparencyPage({ searchParams }: { searchParams: SearchParams }) {
  const t = await getTranslations('transparency')
  const days = periodParam.parse((await searchParams).days)
  const facts = await report(days)
  return (
    <div className="mx-auto grid max-w-4xl">
      <PageHeader title={t('title')}>{t('lead')}</PageHeader>
      <div className="mb-6">
        <Tabs
          label={t('period')}
          tabs={PERIODS.map((period) => ({
            href: period === PERIODS[0] ? '/transparency' : `/transparency?days=${period}`,
            label: t('days', { days: period }),
            current: period === days,
          }))}
        />
      </div>
      {facts.all.opened === 0 ? (
        <Card>
          <EmptyState title={t('none')}>{t('noneText')}</EmptyState>
        </Card>
      ) : (
        <div className="grid gap-6">
          <Overview facts={facts} />
          <div className="grid items-start gap-6 md:grid-cols-2">
            <Endings facts={facts} />
            <ArbitrationFacts facts={facts} />
          </div>
          <FailureTable failures={facts.failures} />
          <CategoryTable categories={facts.categories} />
        </div>
      )}
      <div className="mt-6 grid gap-6">
        <Penalties facts={facts} />
        <Card title={t('how')}>
          <ul className="grid list-disc gap-2 ps-5 marker:text-jade">
            <li>{t('howCounted')}</li>
            <li>{t('howUpheld')}</li>
            <li>{t('howSmall')}</li>
            <li>{t('howFresh')}</li>
          </ul>
          <p className="mt-3 flex flex-wrap gap-x-5 gap-y-1">
            <TextLink href="/failure-standard">{t('standard')}</TextLink>
            <TextLink href="/penalties">{t('penaltyList')}</TextLink>
          </p>
        </Card>
      </div>
    </div>
  )
}
