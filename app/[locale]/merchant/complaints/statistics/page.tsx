import { ChartNoAxesColumn } from 'lucide-react'
import { getLocale, getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { DurationText } from '@/components/duration-text'
import { PageHeader } from '@/components/page-header'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { db } from '@/lib/infra/db'
import { type ComplaintSpan, STATISTICS_DAYS, findComplaintStatistics } from '@/lib/queries/merchant'
import { requireMerchantUser } from '@/lib/web/session'
import { Figure, Figures } from '../../../_console/facts'
import { localText } from '../../../_console/local'
import { TextLink } from '../../../_console/text-link'
import { COMPLAINTS } from '../query'
import { SpanTable, UpheldText } from './_components/span-table'

export async function generateMetadata() {
  return { title: (await getTranslations('claims.statistics'))('title') }
}

/** The merchant's own record, counted as the public one is. */
export default async function ComplaintStatisticsPage() {
  const { merchantId } = await requireMerchantUser()
  const { now, before, failures, products } = await findComplaintStatistics(db(), merchantId, new Date())
  const t = await getTranslations('claims.statistics')
  const [c, f, locale] = [await getTranslations('claims'), await getTranslations('failures.name'), await getLocale()]
  const figures: readonly (readonly [string, (span: ComplaintSpan) => ReactNode])[] = [
    [t('opened'), ({ opened }) => opened],
    [t('share'), (span) => <UpheldText span={span} />],
    [t('reply'), ({ replySeconds: is }) => (is === null ? t('nothing') : <DurationText seconds={is} />)],
    [t('silent'), ({ silent }) => silent],
  ]
  return (
    <>
      <PageHeader title={t('title')} back={{ href: COMPLAINTS, label: c('back') }}>
        {t('intro', { days: STATISTICS_DAYS })}
      </PageHeader>
      <div className="grid gap-5">
        <Figures>
          {figures.map(([name, of]) => (
            <Figure
              key={name}
              name={name}
              note={t.rich('before', { days: STATISTICS_DAYS, value: () => <span>{of(before)}</span> })}
            >
              {of(now)}
            </Figure>
          ))}
        </Figures>
        {failures.length === 0 ? (
          <Card flush>
            <EmptyState icon={<ChartNoAxesColumn />} title={t('none', { days: STATISTICS_DAYS })}>
              {t('noneText')}
            </EmptyState>
          </Card>
        ) : (
          <>
            <SpanTable
              title={t('byFailure')}
              column={t('failure')}
              rows={failures.map(({ failure, ...spans }) => ({ key: failure, name: f(failure), ...spans }))}
            />
            <SpanTable
              title={t('byProduct')}
              column={t('product')}
              rows={products.map(({ id, titleZh, titleEn, ...spans }) => ({
                key: id,
                name: <TextLink href={`/merchant/products/${id}`}>{localText(locale, titleZh, titleEn)}</TextLink>,
                ...spans,
              }))}
            />
          </>
        )}
        <Card title={t('definition')}>
          <p className="max-w-prose text-ink-soft">{t('definitionText')}</p>
        </Card>
      </div>
    </>
  )
}
